import type { LocalizedText } from '@gradvis/kernel'

import type { Verdict } from '../judge/Verdict.ts'
import { describeEvent } from '../state/describeEvent.ts'
import type { RolloutEvent, StoredEvent } from '../state/RolloutEvent.ts'
import type { CalendarEntry } from './Simulation.ts'

type Entry = CalendarEntry
const ENDINGS = { phase_entered: 'advanced', completed: 'completed', rolled_back: 'rolled-back' } as const

/** Which phases each of these services went through, from a log whose events all apply. */
export function calendarOf(
  log: readonly StoredEvent[],
  verdicts: readonly Verdict[],
): Readonly<Record<string, readonly CalendarEntry[]>> {
  const stays = new Map<string, Entry[]>(verdicts.map(({ service }) => [service, []]))
  for (const stored of log) {
    const { event, at } = stored
    const entries = 'service' in event ? stays.get(event.service) : undefined
    if (entries === undefined || !isEnding(event)) continue
    const open = entries.at(-1)
    if (open?.left === 'stays')
      entries[entries.length - 1] = { ...open, leftMs: at, left: ENDINGS[event.type], why: whyOf(stored) }
    if (event.type === 'phase_entered') entries.push(begun(event, at, verdicts))
  }
  return Object.fromEntries(stays)
}

function isEnding(event: RolloutEvent): event is Extract<RolloutEvent, { type: keyof typeof ENDINGS }> {
  return Object.hasOwn(ENDINGS, event.type)
}

function begun(
  { service, phase, percentageBps }: Extract<RolloutEvent, { type: 'phase_entered' }>,
  at: number,
  verdicts: readonly Verdict[],
): Entry {
  const why = verdicts.find((one) => one.service === service)?.reasons[0] ?? { sv: '', en: '' }
  return { phase, percentageBps, enteredMs: at, leftMs: undefined, left: 'stays', why }
}

/** A rollback's sentence has its reason in it already. */
function whyOf(stored: StoredEvent): LocalizedText {
  const text = describeEvent(stored)
  const { event } = stored
  const reason = event.type === 'phase_entered' || event.type === 'completed' ? event.verdict?.reasons[0] : undefined
  return reason ? { sv: `${text.sv} ${reason.sv}`, en: `${text.en} ${reason.en}` } : text
}
