import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { BaseService } from './BaseService.ts'
import { defineContract, type ServiceOf } from './contract/Contract.ts'
import { noInput } from './contract/noInput.ts'
import { read, write } from './contract/Operation.ts'
import { createTestContext } from './testing/createTestContext.ts'
import type { ServiceContext } from './ServiceContext.ts'

const notes = defineContract('NoteService', {
  add: write({ summary: 'Adds a note.', input: z.strictObject({ text: z.string().min(1) }), output: z.number() }),
  list: read({ summary: 'Lists the notes.', input: noInput, output: z.array(z.string()) }),
})

class Notes extends BaseService<typeof notes> implements ServiceOf<typeof notes> {
  readonly #notes: string[] = []

  constructor(context: ServiceContext) {
    super(notes, context)
  }

  readonly add = this.operation('add', async ({ text }) => {
    this.cache.invalidate('notes')
    return this.#notes.push(text)
  })
  readonly list = this.operation('list', async () => [...this.#notes], { cache: { ttlMs: 1000, tags: ['notes'] } })
}

describe('BaseService', () => {
  it('serves, caches and invalidates', async () => {
    const context = createTestContext()
    const service = new Notes(context)
    await service.start()
    await service.add({ text: 'a' })
    expect(await service.list()).toEqual(['a'])
    expect(await service.list()).toEqual(['a'])
    await service.add({ text: 'b' })
    expect(await service.list()).toEqual(['a', 'b'])
    expect(context.observations.map(({ operation, outcome, cacheHit }) => [operation, outcome, cacheHit])).toEqual([
      ['add', 'ok', false],
      ['list', 'ok', false],
      ['list', 'ok', true],
      ['add', 'ok', false],
      ['list', 'ok', false],
    ])
    await service.stop()
  })

  it('refuses invalid input in Swedish, by the fault of the caller', async () => {
    const service = new Notes(createTestContext())
    await service.start()
    await expect(service.add({ text: '' })).rejects.toMatchObject({
      code: 'service.invalid_input',
      fault: 'caller',
      message: expect.stringContaining('Ogiltiga uppgifter till NoteService.add: text: För lite(t)'),
    })
  })
})
