import type { Language } from '@gradvis/kernel'
import { describeEvent, type StoredEvent } from '@gradvis/rollout'

import { formatInstant } from '../terminal/format.ts'
import type { Line, Segment } from '../terminal/Line.ts'

/** One event on one line: number, when, who, what, why. */
export function eventLine(stored: StoredEvent, language: Language): Line {
  const { sequence, at, actor, reason } = stored
  const why: Segment[] = reason === undefined ? [] : [{ text: ` “${reason}”`, style: 'bold' }]
  return [
    { text: `#${sequence} ${formatInstant(at)} ${actor}  `, style: 'dim' },
    describeEvent(stored)[language],
    ...why,
  ]
}

/** Whether an event is about a service; one about the whole rollout is about all of them. */
export function isAbout({ event }: Pick<StoredEvent, 'event'>, service: string): boolean {
  return !('service' in event) || event.service === service
}
