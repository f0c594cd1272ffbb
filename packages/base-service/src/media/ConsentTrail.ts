import { isServiceError } from '@gradvis/kernel'
import type { AuditRecord, AuditTrail, ConsentChanged } from '@gradvis/privacy'

import { framesOf } from '../framesOf.ts'
import type { ServiceContext } from '../ServiceContext.ts'

/** Audit entries of changes of consent, in their order. The changes are in force already and stay so, come what may. */
export class ConsentTrail {
  readonly #service: string
  readonly #context: ServiceContext
  #last: Promise<void> = Promise.resolve()

  constructor(service: string, context: ServiceContext) {
    this.#service = service
    this.#context = context
  }

  record({ event: { change, purpose, version } }: ConsentChanged, subject: string | undefined): void {
    const { audit, implementation } = this.#context
    if (!audit) return
    const action = `consent.${change}`
    const details = { purpose, version }
    const entry: AuditRecord = { action, service: this.#service, implementation, outcome: 'ok', subject, details }
    this.#last = this.#write(audit, entry, this.#last)
  }

  /** Resolves when each entry is durable, or its failure is in the log. Never rejects. */
  settled(): Promise<void> {
    return this.#last
  }

  async #write(audit: AuditTrail, record: AuditRecord, previous: Promise<void>): Promise<void> {
    await previous
    try {
      await audit.record(record)
    } catch (error) {
      const { action, outcome } = record
      const reason = isServiceError(error) ? error.code : 'service.unexpected'
      this.#context.logger.error('an audit entry could not be written', {
        action,
        outcome,
        reason,
        frames: framesOf(error),
      })
    }
  }
}
