import type { Contract, ServiceOf } from '@gradvis/base-service'

import { containerErrors } from './containerErrors.ts'
import type { Instance } from './ImplementationSlot.ts'

/** A test's partial object as a whole implementation: what it lacks says so when it is called. */
export function standIn<C extends Contract>(contract: C, fake: Partial<ServiceOf<C>>): Instance {
  const { name: service, operations } = contract
  const missing = (operation: string) => () =>
    Promise.reject(containerErrors.create('operation_not_swapped', { service, operation }))
  const given = fake as Record<string, ((...args: never[]) => unknown) | undefined>
  const methods = Object.keys(operations).map((operation) => [
    operation,
    given[operation]?.bind(fake) ?? missing(operation),
  ])
  const lifecycle = { start: async () => {}, stop: async () => {}, reportBytes: () => 0 }
  return { ...lifecycle, ...Object.fromEntries(methods) } as Instance
}
