import type { Contract, Managed, ServiceContext, ServiceOf, ServiceToken } from '@gradvis/base-service'
import type { Implementation } from '@gradvis/kernel'

/** Imports and constructs one implementation. Called lazily, again after a failure; must not start it. */
export type ImplementationLoader<Service> = (context: ServiceContext) => Promise<Managed<Service>>

/** A service as the container knows it: its token and the two sides behind it. */
export type ServiceRegistration<C extends Contract = Contract> = Readonly<{
  token: ServiceToken<C>
  implementations: Readonly<Record<Implementation, ImplementationLoader<ServiceOf<C>>>>
}>

/** Keeps the types of one registration together, so that registrations of different contracts fit in one list. */
export function registerService<C extends Contract>(registration: ServiceRegistration<C>): ServiceRegistration {
  return registration as unknown as ServiceRegistration
}
