import { describe, expect, it } from 'vitest'

import { type ErrorDefinition, isServiceError, isServiceFault, ServiceError } from './ServiceError.ts'

const FULL: ErrorDefinition = {
  fault: 'service',
  retryable: true,
  sv: 'Lagret {{name}} är fullt. Frigör plats.',
  en: 'The depot {{name}} is full. Free space.',
}
const GONE: ErrorDefinition = { fault: 'caller', retryable: false, sv: 'Borta. Sök igen.', en: 'Gone. Search again.' }

describe('ServiceError', () => {
  it('carries code, fault, retryable and params, and says it in Swedish', () => {
    const error = new ServiceError('depot.full', FULL, { name: 'A' })
    expect(error).toMatchObject({ code: 'depot.full', fault: 'service', retryable: true, params: { name: 'A' } })
    expect(error.message).toBe('Lagret A är fullt. Frigör plats.')
    expect(String(error)).toBe('ServiceError: Lagret A är fullt. Frigör plats.')
  })

  it('is an Error, keeps its cause, and has no params unless they are given', () => {
    const cause = new Error('ENOSPC')
    const error = new ServiceError('depot.gone', GONE, undefined, { cause })
    expect(error).toBeInstanceOf(Error)
    expect([error.cause, error.params]).toEqual([cause, {}])
  })

  it('lets neither stack nor cause leave the process', () => {
    const error = new ServiceError('depot.full', FULL, { name: 'A' }, { cause: new Error('ENOSPC /srv/a') })
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      code: 'depot.full',
      fault: 'service',
      retryable: true,
      message: 'Lagret A är fullt. Frigör plats.',
      params: { name: 'A' },
    })
  })
})

describe('isServiceError', () => {
  it('knows the errors of another copy of this package', async () => {
    const copyUrl = new URL('./ServiceError.ts?copy', import.meta.url).href
    const copy = (await import(/* @vite-ignore */ copyUrl)) as { ServiceError: typeof ServiceError }
    const foreign = new copy.ServiceError('depot.full', FULL, { name: 'A' })
    expect(foreign).not.toBeInstanceOf(ServiceError)
    expect(isServiceError(foreign)).toBe(true)
    expect(isServiceFault(foreign)).toBe(true)
  })

  it.each([
    ['an error of another kind', new Error('x')],
    ['an object of the same shape', { code: 'depot.full', fault: 'service', retryable: true, params: {} }],
    ['a text', 'depot.full'],
    ['null', null],
    ['nothing', undefined],
  ])('is false for %s', (_name, value) => {
    expect(isServiceError(value)).toBe(false)
  })
})

describe('isServiceFault', () => {
  it('believes a ServiceError, and counts everything else that is thrown', () => {
    expect(isServiceFault(new ServiceError('depot.full', FULL, { name: 'A' }))).toBe(true)
    expect(isServiceFault(new ServiceError('depot.gone', GONE))).toBe(false)
    expect([isServiceFault(new TypeError('x')), isServiceFault('x'), isServiceFault(undefined)]).toEqual([
      true,
      true,
      true,
    ])
  })
})
