import { describe, expect, expectTypeOf, it } from 'vitest'

import { defineErrors, type ErrorCatalog } from './defineErrors.ts'
import type { ParamValue } from './interpolate.ts'
import type { MessageCatalog } from './defineMessages.ts'
import { isServiceError } from './ServiceError.ts'

const depot = defineErrors('depot', {
  full: {
    fault: 'service',
    retryable: true,
    sv: 'Lagret {{name}} är fullt.',
    en: 'The depot {{name}} lacks {{missingMiB}} MiB.',
  },
  closed: { fault: 'caller', retryable: false, sv: 'Lagret är stängt.', en: 'The depot is closed.' },
})

describe('defineErrors', () => {
  it('makes the error of a row under its full code, without throwing it', () => {
    const cause = new Error('ENOSPC')
    const error = depot.create('full', { name: 'A', missingMiB: 3 }, { cause })
    expect(isServiceError(error)).toBe(true)
    expect(error).toMatchObject({
      code: 'depot.full',
      fault: 'service',
      retryable: true,
      message: 'Lagret A är fullt.',
      params: { name: 'A', missingMiB: 3 },
      cause,
    })
  })

  it('lists every row under its full code, and keeps the list as it is', () => {
    expect(Object.keys(depot.catalog)).toEqual(['depot.full', 'depot.closed'])
    expect(Object.isFrozen(depot.catalog)).toBe(true)
  })

  it('types codes and parameters from both templates', () => {
    expectTypeOf<keyof typeof depot.catalog>().toEqualTypeOf<'depot.full' | 'depot.closed'>()
    expectTypeOf(depot.create<'full'>)
      .parameter(1)
      .toEqualTypeOf<Readonly<Record<'name' | 'missingMiB', ParamValue>>>()
    expectTypeOf(depot.catalog).toExtend<ErrorCatalog>()
    expectTypeOf(depot.catalog).toExtend<MessageCatalog>()
    // @ts-expect-error: a parameter that only the English text names is required too
    expect(depot.create('full', { name: 'A' }).message).toBe('Lagret A är fullt.')
    // @ts-expect-error: this row has no parameters
    expect(depot.create('closed', { name: 'A' }).code).toBe('depot.closed')
  })

  it('compiles no row without both languages', () => {
    // @ts-expect-error: the English text is missing
    expect(() => defineErrors('x', { y: { fault: 'caller', retryable: false, sv: 'z' } })).not.toThrow()
  })
})
