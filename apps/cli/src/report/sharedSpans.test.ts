import type { RolloutEvent, StoredEvent } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { sharedSpans } from './sharedSpans.ts'

const service = 'BackupService'
const entered = (percentageBps: number): RolloutEvent => ({
  type: 'phase_entered',
  service,
  phase: String(percentageBps),
  percentageBps,
})
const log = (...events: readonly RolloutEvent[]): readonly StoredEvent[] =>
  events.map((event, index) => ({ sequence: index + 1, at: (index + 1) * 100, actor: 'test', event }))

describe('the time in which both sides served', () => {
  it('ends where everybody is migrated', () => {
    expect(sharedSpans(service, log(entered(1_000), entered(5_000), entered(10_000)), 900)).toEqual([
      { fromMs: 100, toMs: 200 },
      { fromMs: 200, toMs: 300 },
    ])
  })

  it('ends where everybody is on legacy, and lasts until now otherwise', () => {
    const back: RolloutEvent = { type: 'rolled_back', service, cause: { kind: 'operator' }, cooldownUntilMs: 0 }
    const set: RolloutEvent = { type: 'percentage_set', service, percentageBps: 500 }
    expect(sharedSpans(service, log(entered(1_000), back, { type: 'resumed', service }, set), 900)).toEqual([
      { fromMs: 100, toMs: 200 },
      { fromMs: 400, toMs: 900 },
    ])
  })

  it('is none of another service’s', () => {
    expect(sharedSpans('WebRTCPeerService', log(entered(1_000)), 900)).toEqual([])
  })
})
