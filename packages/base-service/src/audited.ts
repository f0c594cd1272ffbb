import { isServiceError } from '@gradvis/kernel'
import type { AuditRecord } from '@gradvis/privacy'

import type { CallOptions } from './CallOptions.ts'
import type { AuditPolicy, Operation } from './contract/Operation.ts'
import { framesOf } from './framesOf.ts'
import { outcomeOf } from './observe.ts'
import type { ServiceContext } from './ServiceContext.ts'

type Named = Readonly<{ service: string; operation: string }>
type Made = Readonly<{ input: unknown; options: CallOptions | undefined }>

/**
 * Makes a call and leaves an entry in the audit trail where the operation is declared sensitive: durable before the
 * caller has its answer. A trail that cannot be written does not undo what was done; it is logged as an error, without
 * which nobody would know of the gap.
 */
export function audited<T>(
  context: ServiceContext,
  named: Named,
  operation: Operation,
  made: Made,
  call: () => Promise<T>,
): Promise<T> {
  return context.audit && operation.audit ? recorded(context, named, operation.audit, made, call) : call()
}

async function recorded<T>(
  context: ServiceContext,
  named: Named,
  policy: AuditPolicy,
  made: Made,
  call: () => Promise<T>,
): Promise<T> {
  let ended: Pick<AuditRecord, 'outcome' | 'code'> = { outcome: 'ok' }
  try {
    return await call()
  } catch (error) {
    ended = { outcome: outcomeOf(error), code: isServiceError(error) ? error.code : 'service.unexpected' }
    throw error
  } finally {
    await write(context, {
      ...ended,
      action: `${named.service}.${named.operation}`,
      service: named.service,
      implementation: context.implementation,
      subject: read(policy.subject, made.input),
      actor: made.options?.actor,
      details: read(policy.details, made.input),
    })
  }
}

/** What a policy says of an input that nobody has validated yet. */
function read<T>(reader: ((input: never) => T) | undefined, input: unknown): T | undefined {
  try {
    return reader?.(input as never)
  } catch {
    return undefined
  }
}

async function write({ audit, logger }: ServiceContext, record: AuditRecord): Promise<void> {
  try {
    await audit?.record(record)
  } catch (error) {
    const { action, outcome } = record
    const reason = isServiceError(error) ? error.code : 'service.unexpected'
    logger.error('an audit entry could not be written', { action, outcome, reason, frames: framesOf(error) })
  }
}
