import { describe, expect, expectTypeOf, it } from 'vitest'
import { z } from 'zod'

import type { CallOptions } from '../CallOptions.ts'
import {
  type Contract,
  defineContract,
  type InputOf,
  type MethodOf,
  type OutputOf,
  type ParsedInputOf,
  type ServiceOf,
} from './Contract.ts'
import { noInput } from './noInput.ts'
import { read, write } from './Operation.ts'

const contract = defineContract('NoteService', {
  list: read({ summary: 'Lists.', input: noInput, output: z.array(z.string()) }),
  add: write({
    summary: 'Adds.',
    input: z.strictObject({ text: z.string(), at: z.coerce.number().default(0) }),
    output: z.string().transform(Number),
  }),
})

describe('defineContract', () => {
  it('keeps names and operations, and can not be changed', () => {
    expect(contract.name).toBe('NoteService')
    expect(Object.keys(contract.operations)).toEqual(['list', 'add'])
    expect([Object.isFrozen(contract), Object.isFrozen(contract.operations)]).toEqual([true, true])
    expectTypeOf(contract.name).toEqualTypeOf<'NoteService'>()
    expectTypeOf(contract).toExtend<Contract>()
  })
})

describe('the types of a contract', () => {
  type Add = typeof contract.operations.add

  it('tell what a caller gives from what a handler gets', () => {
    expectTypeOf<InputOf<Add>['text']>().toEqualTypeOf<string>()
    expectTypeOf<{ text: string }>().toExtend<InputOf<Add>>()
    expectTypeOf<ParsedInputOf<Add>>().toEqualTypeOf<{ text: string; at: number }>()
    expectTypeOf<OutputOf<Add>>().toEqualTypeOf<number>()
  })

  it('make a method of each operation, with the call options last', () => {
    type Service = ServiceOf<typeof contract>
    expectTypeOf<keyof Service>().toEqualTypeOf<'list' | 'add'>()
    expectTypeOf<Service['add']>().parameter(1).toEqualTypeOf<CallOptions | undefined>()
    expectTypeOf<Service['add']>().returns.resolves.toEqualTypeOf<number>()
    expectTypeOf<MethodOf<Add>>().toEqualTypeOf<Service['add']>()
  })

  it('let a caller leave out the input of an operation that takes none', () => {
    type List = ServiceOf<typeof contract>['list']
    expectTypeOf<[]>().toExtend<Parameters<List>>()
    expectTypeOf<[]>().not.toExtend<Parameters<ServiceOf<typeof contract>['add']>>()
    expect(noInput.safeParse({ surprise: 1 }).success).toBe(false)
  })
})
