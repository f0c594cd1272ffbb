import type { Contract, ServiceOf } from './Contract.ts'

/**
 * What a service is asked for by. It has the shape of an abstract class, because that is what dependency injection
 * takes as an identifier; it is never constructed. Declare it under the name of its type, so that one import serves
 * as both: `export type BackupService = ServiceOf<…>; export const BackupService = tokenOf(backupContract)`.
 */
export type ServiceToken<C extends Contract = Contract> = (abstract new () => ServiceOf<C>) & Readonly<{ contract: C }>

export function tokenOf<C extends Contract>(contract: C): ServiceToken<C> {
  const token = Object.assign(() => {}, { contract })
  Object.defineProperty(token, 'name', { value: contract.name })
  return token as unknown as ServiceToken<C>
}

/** A token of whatever contract, for code that only needs its name or its operations. */
export type AnyServiceToken = (abstract new () => object) & Readonly<{ contract: Contract }>
