import type { RolloutEvent, StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { runOf } from './analyseService.ts'

const service = 'BackupService'
const entered = (phase: string): RolloutEvent => ({ type: 'phase_entered', service, phase, percentageBps: 1000 })
const rolledBack: RolloutEvent = { type: 'rolled_back', service, cause: { kind: 'operator' }, cooldownUntilMs: 0 }

function log(...events: readonly RolloutEvent[]): readonly StoredEvent[] {
  return events.map((event, index) => ({ sequence: index + 1, at: (index + 1) * 100, actor: 'test', event }))
}

describe('the run that a report is about', () => {
  it('lasts from the first percentage until now', () => {
    expect(runOf(service, log(entered('initial'), entered('extended')), 1000)).toEqual({ fromMs: 100, toMs: 1000 })
  })

  it('ends with the rollback', () => {
    expect(runOf(service, log(entered('initial'), rolledBack), 1000)).toEqual({ fromMs: 100, toMs: 200 })
  })

  it('is the new one once the service has begun again', () => {
    const again = log(entered('initial'), rolledBack, { type: 'resumed', service }, entered('initial'))
    expect(runOf(service, again, 1000)).toEqual({ fromMs: 400, toMs: 1000 })
  })

  it('is empty where nothing has begun', () => {
    expect(runOf('WebRTCPeerService', log(entered('initial')), 1000)).toEqual({ fromMs: 1000, toMs: 1000 })
  })
})
