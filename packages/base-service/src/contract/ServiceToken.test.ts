import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

import { defineContract, type ServiceOf } from './Contract.ts'
import { read } from './Operation.ts'
import { type AnyServiceToken, tokenOf } from './ServiceToken.ts'

const contract = defineContract('NoteService', {
  count: read({ summary: 'Counts.', input: z.string(), output: z.number() }),
})

describe('tokenOf', () => {
  it('is a function that carries the name and the contract of its service', () => {
    const token = tokenOf(contract)
    expect([typeof token, token.name, token.contract]).toEqual(['function', 'NoteService', contract])
  })

  it('is a new identifier each time', () => {
    expect(tokenOf(contract)).not.toBe(tokenOf(contract))
  })

  it('has the service as its instance type', () => {
    const token = tokenOf(contract)
    expectTypeOf<InstanceType<typeof token>>().toEqualTypeOf<ServiceOf<typeof contract>>()
    expectTypeOf(token).toExtend<AnyServiceToken>()
  })
})
