import { LatencySketch } from '../statistics/LatencySketch.ts'
import { addCounts } from './addCounts.ts'
import type { OperationEvidence, SideEvidence } from './Evidence.ts'
import type { ObservationWindow, OperationWindow } from './ObservationWindow.ts'

/** While a batch is added: copied once per operation, then added to in place, which is what a fleet's tick needs. */
type Draft = { -readonly [Key in keyof OperationEvidence]: OperationEvidence[Key] } & { codes: Map<string, number> }

/** A side with these windows of it added, and how many latency sketches could not be read. The side is left as it was. */
export function addToSide(
  side: SideEvidence,
  windows: readonly ObservationWindow[],
): Readonly<{ side: SideEvidence; unreadable: number }> {
  const drafts = new Map<string, Draft>()
  let unreadable = 0
  for (const { operations } of windows) {
    for (const name of Object.keys(operations)) {
      let draft = drafts.get(name)
      if (draft === undefined) drafts.set(name, (draft = draftOf(side.get(name))))
      if (!add(draft, operations[name] as OperationWindow)) unreadable++
    }
  }
  return { side: new Map([...side, ...drafts]), unreadable }
}

function draftOf(before: OperationEvidence | undefined): Draft {
  const empty = new LatencySketch()
  if (before === undefined)
    return { operations: 0, faults: 0, rescued: 0, refused: 0, cacheHits: 0, codes: new Map(), latency: empty }
  return { ...before, codes: new Map(before.codes), latency: empty.merge(before.latency) }
}

function add(draft: Draft, window: OperationWindow): boolean {
  draft.operations += window.operations
  draft.faults += window.faults
  draft.rescued += window.rescued
  draft.refused += window.refused
  draft.cacheHits += window.cacheHits
  addCounts(draft.codes, window.codes)
  return window.latency === undefined || draft.latency.add(window.latency)
}
