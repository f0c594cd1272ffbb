import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import type { Observation } from '../Observation.ts'
import { createTestContext } from './createTestContext.ts'
import { ProbeService } from './ProbeService.ts'

describe('createTestContext', () => {
  it('keeps what a service observes and logs', async () => {
    const context = createTestContext()
    const service = await ProbeService.started(context, {
      ask: async (_input, { logger }) => {
        logger.warn('careful')
        return 'x'
      },
    })
    await service.ask('x')
    expect([context.observations.length, context.logger.lines.length, context.random()]).toEqual([1, 1, 0.5])
  })

  it('takes a clock, an implementation and an observer of the test’s own', async () => {
    const recorded: Observation[] = []
    const clock = new ManualClock()
    const observer = { record: (observation: Observation) => void recorded.push(observation) }
    const context = createTestContext({ clock, observer, implementation: 'legacy' })
    const service = await ProbeService.started(context)
    await service.ask('x')
    expect([context.clock, recorded[0]?.implementation, context.observations]).toEqual([clock, 'legacy', []])
  })
})
