import { audited } from './audited.ts'
import type { CallOptions } from './CallOptions.ts'
import type { Contract, ServiceOf } from './contract/Contract.ts'
import type { Managed, ServiceContext } from './ServiceContext.ts'

type Method = (input: unknown, options?: CallOptions) => Promise<unknown>

/**
 * An implementation without BaseService, with an audit entry for each call of an operation that the contract declares
 * sensitive. The object given is changed and returned.
 */
export function auditOperations<C extends Contract, Service extends Managed<ServiceOf<C>>>(
  contract: C,
  service: Service,
  context: ServiceContext,
): Service {
  for (const [name, operation] of Object.entries(contract.operations)) {
    if (!operation.audit || !context.audit) continue
    const method = (service as unknown as Record<string, Method>)[name] as Method
    const named = { service: contract.name, operation: name }
    const value: Method = (input, options) =>
      audited(context, named, operation, { input, options }, () => method.call(service, input, options))
    Object.defineProperty(service, name, { value, enumerable: true, configurable: true })
  }
  return service
}
