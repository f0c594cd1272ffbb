import { defineErrors } from '@gradvis/kernel'
import type { AuditTrail } from '@gradvis/privacy'
import { RecordingAuditTrail } from '@gradvis/privacy/testing'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { audited } from './audited.ts'
import { write } from './contract/Operation.ts'
import { createTestContext } from './testing/createTestContext.ts'

const named = { service: 'NoteService', operation: 'erase' }
const errors = defineErrors('note', {
  gone: { fault: 'caller', retryable: false, sv: 'Borta.', en: 'Gone.' },
  full: { fault: 'service', retryable: true, sv: 'Fullt.', en: 'Full.' },
})
const operation = write({
  summary: 'Erases.',
  input: z.strictObject({ subject: z.string() }),
  output: z.undefined(),
  audit: { subject: ({ subject }) => subject, details: ({ subject }) => ({ length: subject.length }) },
})

function erase(audit: AuditTrail, call: () => Promise<unknown>, input: unknown = { subject: 's-1' }) {
  const context = createTestContext({ audit })
  const made = { input, options: { actor: 'a-1' } }
  return { context, answer: audited(context, named, operation, made, call) }
}

describe('A sensitive operation', () => {
  it('has its entry before its caller has the answer', async () => {
    const trail = new RecordingAuditTrail()
    expect(await erase(trail, async () => 7).answer).toBe(7)
    expect(trail.records).toEqual([
      {
        action: 'NoteService.erase',
        service: 'NoteService',
        implementation: 'migrated',
        outcome: 'ok',
        code: undefined,
        subject: 's-1',
        actor: 'a-1',
        details: { length: 3 },
      },
    ])
  })

  it.each([
    [errors.create('gone', {}), { outcome: 'refused', code: 'note.gone' }],
    [new Error('why'), { outcome: 'fault', code: 'service.unexpected' }],
  ])('has an entry also when it fails, and fails as it did: %s', async (failure, expected) => {
    const trail = new RecordingAuditTrail()
    await expect(erase(trail, () => Promise.reject(failure)).answer).rejects.toBe(failure)
    expect(trail.records).toMatchObject([expected])
  })

  it('names nobody where the input says nothing that can be understood', async () => {
    const trail = new RecordingAuditTrail()
    await erase(trail, async () => 7, null).answer
    expect(trail.records).toMatchObject([{ subject: undefined, details: undefined, actor: 'a-1' }])
  })

  it('has its answer although its entry could not be written; the log says why, and about nobody', async () => {
    const { context, answer } = erase({ record: () => Promise.reject(errors.create('full', {})) }, async () => 7)
    expect(await answer).toBe(7)
    expect(context.logger.lines).toMatchObject([
      { level: 'error', fields: { action: 'NoteService.erase', outcome: 'ok', reason: 'note.full' } },
    ])
    expect(JSON.stringify(context.logger.lines)).not.toMatch(/s-1|a-1/)
  })
})
