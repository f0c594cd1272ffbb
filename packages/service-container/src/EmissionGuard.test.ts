import { ServiceError } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import type { EmissionGuard } from './EmissionGuard.ts'
import { createTestContainer } from './testing/createTestContainer.ts'
import { fault, GreetingService, refusal } from './testing/greeting.ts'

/** Replaces every failure by one that says whose it was, and marks the lines of each side. */
const guard: EmissionGuard = {
  contextFor: (service, context) => ({ ...context, logger: context.logger.child({ guarded: service }) }),
  cleanError: (error, { implementation }) =>
    new ServiceError('test.clean', {
      fault: (error as ServiceError).fault,
      retryable: false,
      sv: implementation,
      en: '',
    }),
}

describe('an emission guard', () => {
  it('gets what a side threw before the caller and the records do', async () => {
    const { container, greeting, built, observations } = createTestContainer({ guard })
    await container.runAs('subject-1', () => greeting.side())
    built.migrated[0]!.failWith = refusal
    await expect(container.runAs('subject-1', () => greeting.rename({ name: 'a' }))).rejects.toThrow('migrated')
    expect(observations.at(-1)).toMatchObject({ outcome: 'refused', code: 'test.clean' })
  })

  it('gets the failure of a rescue too', async () => {
    const { container, greeting, built } = createTestContainer({ guard })
    await container.runAs('subject-1', () => greeting.side())
    built.migrated[0]!.failWith = fault
    container.pin(GreetingService, 'legacy')
    await greeting.side()
    built.legacy[0]!.failWith = refusal
    container.pin(GreetingService, 'migrated')
    await expect(container.runAs('subject-1', () => greeting.greet({ name: 'a' }))).rejects.toThrow('legacy')
  })

  it('makes the context that each side is given', async () => {
    const { container, greeting, built, logger } = createTestContainer({ guard })
    await container.runAs('subject-1', () => greeting.side())
    built.migrated[0]!.context.logger.info('line')
    expect(logger.lines).toMatchObject([{ fields: { implementation: 'migrated', guarded: 'GreetingService' } }])
  })
})

describe('the audit trail of a container', () => {
  it('is given to both sides, and each call says who makes it', async () => {
    const audit = { record: async () => {} }
    const { container, greeting, built } = createTestContainer({ audit })
    await container.runAs('subject-1', () => greeting.side())
    expect(built.migrated[0]!.context.audit).toBe(audit)
    let actor: string | undefined
    Object.assign(built.migrated[0]!, {
      side: async (_input: unknown, options: { actor?: string }) => {
        actor = options.actor
        return 'migrated'
      },
    })
    await container.for('subject-2').get(GreetingService).side()
    expect(actor).toBe('subject-2')
  })
})
