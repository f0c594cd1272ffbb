import { parsePlan, type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'
import { describe, expect, it } from 'vitest'

import { acceleratePlan, calendarEndMs, calendarStartMs } from './acceleratePlan.ts'

const firstStartMs = Date.parse('2030-05-01T12:00:00Z')
const accelerated = (factor: number, plan: PlanData = productionFeatureFlags, leastSustainedMs = 0) =>
  parsePlan(acceleratePlan(plan, { factor, firstStartMs, leastSustainedMs }))
const original = parsePlan(productionFeatureFlags)

describe('an accelerated plan', () => {
  it('begins when it is told to and makes ten seconds of a day', () => {
    const { services } = accelerated(8640)
    expect(services['BackupService']?.phases.map(({ startMs, endMs }) => [startMs, endMs])).toEqual([
      [firstStartMs, firstStartMs + 20_000],
      [firstStartMs + 20_000, firstStartMs + 50_000],
      [firstStartMs + 50_000, firstStartMs + 70_000],
    ])
    expect(services['WebRTCPeerService']?.phases[0]?.startMs).toBe(firstStartMs + 50_000)
  })

  it('takes the seed’s twelve days in two minutes', () => {
    const plan = acceleratePlan(productionFeatureFlags, { factor: 8640, firstStartMs, leastSustainedMs: 0 })
    expect(calendarEndMs(plan) - calendarStartMs(plan)).toBe(120_000)
  })

  it.each([1, 7, 8640, 9999, 123_457])('has neither gap nor overlap at factor %i', (factor) => {
    for (const { phases } of Object.values(accelerated(factor).services))
      expect(phases.slice(1).map(({ startMs }) => startMs)).toEqual(phases.slice(0, -1).map(({ endMs }) => endMs))
  })

  it('divides the cooldown and the minutes of a sustained error rate', () => {
    const { cooldownMs, services } = accelerated(100)
    expect(cooldownMs).toBe(18_000)
    expect(services['BackupService']?.guardrails['error-rate-sustained'].minutes).toBeCloseTo(0.05)
  })

  it('never asks for a rate to stay too high for less time than can be seen', () => {
    const { services } = accelerated(8640, productionFeatureFlags, 6_000)
    expect(services['BackupService']?.guardrails['error-rate-sustained'].minutes).toBeCloseTo(0.1)
  })

  it('leaves limits, percentages, gates and hash as they are', () => {
    const plan = accelerated(8640)
    expect(plan.hash).toEqual(original.hash)
    expect(plan.minimumOperations).toBe(original.minimumOperations)
    for (const [service, { phases }] of Object.entries(plan.services)) {
      const timeless = (phase: (typeof phases)[number]) => ({ ...phase, startMs: 0, endMs: 0 })
      expect(phases.map(timeless)).toEqual(original.services[service]?.phases.map(timeless))
    }
  })

  it('keeps what a service has of its own, its guardrails among them', () => {
    const own: PlanData = {
      ...productionFeatureFlags,
      services: {
        BackupService: {
          ...productionFeatureFlags.services.BackupService,
          targeting: { deny: { keys: ['a'] } },
          guardrails: { 'error-rate-sustained': { rule: 'raw', minutes: 10 }, latency: { mode: 'observe' } },
        },
      },
    }
    const service = accelerated(10, own).services['BackupService']
    expect(service?.targeting?.deny.keys).toEqual(['a'])
    expect(service?.guardrails['error-rate-sustained']).toMatchObject({ rule: 'raw', minutes: 1 })
    expect(service?.guardrails.latency.mode).toBe('observe')
  })
})
