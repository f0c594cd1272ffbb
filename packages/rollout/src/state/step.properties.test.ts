import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { adopted, entered, logOf } from '../testing/logOf.ts'
import { flagStateOf } from './flagStateOf.ts'
import { foldState } from './foldState.ts'
import type { RolloutEvent } from './RolloutEvent.ts'
import { step } from './step.ts'

const service = 'BackupService'
const operator = { kind: 'operator' } as const

describe('any log at all', () => {
  const services = fc.constantFrom('BackupService', 'NetworkConnectivityService', 'WebRTCPeerService', 'Nobody')
  const phase = fc.constantFrom('initial', 'extended', 'full')
  const events = fc.array(
    fc
      .tuple(services, phase, fc.integer({ min: 0, max: 100_000 }))
      .chain(([name, inPhase, at]) =>
        fc
          .constantFrom<RolloutEvent>(
            entered(name, inPhase as 'initial'),
            { type: 'completed', service: name },
            { type: 'paused', service: name, cause: operator },
            { type: 'resumed', service: name },
            { type: 'rolled_back', service: name, cause: operator, cooldownUntilMs: at + 1_000 },
            { type: 'percentage_set', service: name, percentageBps: 700 },
            { type: 'emergency_stop_set', on: at % 2 === 0 },
            { type: 'incident_reported', service: name, kind: 'gdpr', severity: 'high' },
            { type: 'incident_released', service: name },
          )
          .map((event) => [at, event] as const),
      ),
    { maxLength: 40 },
  )

  it('folds in one go to what it folds to piece by piece', () => {
    fc.assert(
      fc.property(events, fc.nat(40), (lines, cut) => {
        const log = logOf(adopted(), ...lines)
        expect(foldState(log.slice(cut), foldState(log.slice(0, cut)))).toEqual(foldState(log))
      }),
    )
  })

  it('never loses a latch: after a report only a release lets a service be anything but held', () => {
    fc.assert(
      fc.property(events, (lines) => {
        let latched = false
        let status = foldState(logOf(adopted()))
        for (const stored of logOf(adopted(), ...lines).slice(1)) {
          status = step(status, stored)
          const { event } = stored
          if ('service' in event && event.service === service) {
            if (event.type === 'incident_reported') latched = true
            if (event.type === 'incident_released') latched = false
          }
          expect(status.services[service]?.incident !== undefined).toBe(latched)
          expect(flagStateOf(status).services?.[service]?.incident !== undefined).toBe(latched)
        }
      }),
    )
  })

  it('never skips a phase: the percentage only ever rises to that of the next one, or by an operator’s hand', () => {
    const order = [0, 1_000, 5_000, 10_000]
    fc.assert(
      fc.property(events, (lines) => {
        let status = foldState(logOf(adopted()))
        let reached = 0
        for (const stored of logOf(adopted(), ...lines).slice(1)) {
          const before = status.services[service]
          status = step(status, stored)
          const one = status.services[service]
          if (one?.status === 'waiting' || one?.status === 'rolled-back') reached = 0
          if (stored.event.type !== 'phase_entered' || one === before || one?.status !== 'running') continue
          expect(order.indexOf(one.percentageBps)).toBe(reached + 1)
          reached++
        }
      }),
    )
  })
})
