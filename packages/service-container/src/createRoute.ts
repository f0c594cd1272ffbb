import type { Implementation } from '@gradvis/kernel'

import { guardObserver } from './guardObserver.ts'
import { guardShadow } from './guardShadow.ts'
import { ImplementationSlot } from './ImplementationSlot.ts'
import type { ServiceContainerOptions } from './ServiceContainer.ts'
import type { ServiceRegistration } from './ServiceRegistration.ts'
import { ServiceRoute } from './ServiceRoute.ts'

const DRAIN_IDLE_MS = 5_000

/** The two slots of a service and the route over them. */
export function createRoute(
  { token, implementations }: ServiceRegistration,
  options: ServiceContainerOptions,
  ordinal: number,
): ServiceRoute {
  const { provider, clock, logger, random, audit, guard, tracer, drainIdleMs = DRAIN_IDLE_MS } = options
  const observer = guardObserver(options.observer, logger)
  const shadow = options.shadow && guardShadow(options.shadow, logger)
  const service = token.contract.name
  const slotOf = (implementation: Implementation) => {
    const own = { implementation, clock, observer, random, audit, logger: logger.child({ implementation }) }
    const context = guard?.contextFor(service, own) ?? own
    return new ImplementationSlot({
      service,
      implementation,
      load: implementations[implementation],
      context,
      drainIdleMs,
    })
  }
  const slots = { legacy: slotOf('legacy'), migrated: slotOf('migrated') }
  return new ServiceRoute({
    ordinal,
    contract: token.contract,
    slots,
    provider,
    observer,
    clock,
    shadow,
    guard,
    tracer,
  })
}
