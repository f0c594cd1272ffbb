import type { CallOptions, Contract, Operation, ServiceOf } from '@gradvis/base-service'
import type { Subject } from '@gradvis/feature-flags'

import type { RoutedCall } from './RoutedCall.ts'
import type { ServiceRoute } from './ServiceRoute.ts'
import type { SubjectScope } from './SubjectScope.ts'

export type FacadeHost = Readonly<{
  route: ServiceRoute
  /** The scope that a call is made in. Asked anew for every call. */
  scopeOf: () => SubjectScope | undefined
  /** Opens a session that follows its subject. */
  openSession: (call: RoutedCall, subject: Subject | undefined) => Promise<unknown>
}>

/**
 * An object with exactly the contract's operations, each of which decides when it is called. It may be held for ever:
 * no decision and no instance is in it.
 */
export function createFacade(host: FacadeHost): ServiceOf<Contract> {
  const { operations } = host.route.contract
  const methods = Object.entries(operations).map(([name, operation]) => [name, routedMethod(host, name, operation)])
  return Object.freeze(Object.fromEntries(methods)) as ServiceOf<Contract>
}

function routedMethod({ route, scopeOf, openSession }: FacadeHost, name: string, operation: Operation) {
  return (input?: unknown, options?: CallOptions): Promise<unknown> => {
    const scope = scopeOf()
    const decision = route.decideIn(scope)
    const actor = scope?.subject?.targetingKey
    const call: RoutedCall = { name, operation, input, options, role: 'primary', decision, actor }
    if (operation.handover === 'resubscribe') return openSession(call, scope?.subject)
    return route.call(call)
  }
}
