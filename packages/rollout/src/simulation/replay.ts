import type { LocalizedText } from '@gradvis/kernel'

import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { describeEvent } from '../state/describeEvent.ts'
import { emptyStatus } from '../state/emptyStatus.ts'
import type { StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { step } from '../state/step.ts'
import { checkEvent } from './checkEvent.ts'
import { replayProblem, type ReplayProblem } from './replayProblem.ts'
import { SecondJudge } from './SecondJudge.ts'

export type ReplayStep = Readonly<{
  stored: StoredEvent
  text: LocalizedText
  /** What the fold was after it. */
  status: RolloutStatus
  problems: readonly ReplayProblem[]
}>

export type Replay = Readonly<{
  status: RolloutStatus
  /** In the order of the log; empty for a log that an engine of today could have written. */
  problems: readonly ReplayProblem[]
  steps: readonly ReplayStep[]
}>

export type ReplayOptions = Readonly<{
  /** All that was observed, each once, in any order: then every decision of the engine is judged again. */
  windows?: readonly ObservationWindow[] | undefined
}>

/**
 * Goes through a recorded log, says where it leads and where it does not hold together. An event whose number was there
 * before is left out; after a gap the fold goes on with what there is. Pure; never throws.
 */
export function replay(log: readonly StoredEvent[], { windows }: ReplayOptions = {}): Replay {
  const second = windows && new SecondJudge(windows)
  const steps: ReplayStep[] = []
  let status = emptyStatus
  let last: StoredEvent | undefined
  for (const stored of log) {
    const before = status
    const isNew = stored.sequence > before.sequence
    if (isNew) status = step(before, stored)
    const problems = isNew
      ? [...checkEvent(stored, { before, after: status, last }), ...(second?.check(stored, before) ?? [])]
      : [doubled(stored)]
    steps.push({ stored, text: describeEvent(stored), status, problems })
    if (isNew) last = stored
  }
  return { status, problems: steps.flatMap(({ problems }) => problems), steps }
}

function doubled({ sequence }: StoredEvent): ReplayProblem {
  return replayProblem('sequence_doubled', sequence, {
    sv: `Händelse ${sequence} har redan förekommit och räknas inte en gång till.`,
    en: `Event ${sequence} has been there already and does not count again.`,
  })
}
