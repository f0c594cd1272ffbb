import { type Clock, isServiceError, type Logger } from '@gradvis/kernel'
import {
  type AuditRecord,
  type AuditTrail,
  auditErrors,
  createAuditTrail,
  type Pseudonyms,
  type RecordLog,
  type StoredAuditTrail,
  type TrailReport,
  verifyLog,
} from '@gradvis/privacy'
import { openRecordLog } from '@gradvis/rollout-store'

/** How long a call waits for its entry. The entry may still be written afterwards. */
const LONGEST_WAIT_MS = 5_000
const WRONG_KEYS: ReadonlySet<string> = new Set(['audit.key_needed', 'audit.wrong_key'])

export type LayerAuditParts = Readonly<{
  /** As of a rollout's store. Opened at the first entry. */
  location: string
  pseudonyms: Pseudonyms | undefined
  key: Uint8Array | undefined
  clock: Clock
  logger: Logger
  instance: string
}>

/**
 * The audit trail of a layer, in a store. Without keys for pseudonyms its entries name nobody: an entry that nobody can
 * find again could not be erased either.
 */
export class LayerAudit implements AuditTrail {
  readonly #parts: LayerAuditParts
  #opening: Promise<Readonly<{ log: RecordLog; trail: StoredAuditTrail }>> | undefined
  #unwritten = 0
  #isClosed = false

  constructor(parts: LayerAuditParts) {
    this.#parts = parts
    if (!parts.pseudonyms) parts.logger.warn('audit entries name nobody: GRADVIS_PSEUDONYM_KEYS is not set')
  }

  /** Entries that could not be written, or not in time, since the start. */
  get unwritten(): number {
    return this.#unwritten
  }

  async record(record: AuditRecord): Promise<void> {
    const { clock, pseudonyms } = this.#parts
    const entry = pseudonyms ? record : { ...record, subject: undefined, actor: undefined }
    const { promise: late, reject } = Promise.withResolvers<never>()
    using _timer = clock.schedule(LONGEST_WAIT_MS, () =>
      reject(auditErrors.create('unwritable', { reason: 'time-out' })),
    )
    try {
      await Promise.race([this.#write(entry), late])
    } catch (error) {
      this.#unwritten += 1
      throw error
    }
  }

  /**
   * Rejects with `audit.key_needed` or `audit.wrong_key` where the trail was begun with another key: everything that
   * follows would go unrecorded. A store that is away is no reason not to start.
   */
  async start(): Promise<void> {
    try {
      const { trail } = await this.#open()
      await trail.check()
    } catch (error) {
      if (isServiceError(error) && WRONG_KEYS.has(error.code)) throw error
      const reason = isServiceError(error) ? error.code : 'unexpected'
      this.#parts.logger.error('the audit trail cannot be written yet', { reason })
    }
  }

  /** Reads the whole trail. Rejects where the store is away. */
  async verify(signal?: AbortSignal): Promise<TrailReport> {
    const { log } = await this.#open()
    const { key } = this.#parts
    return verifyLog(log, { ...(key && { key }), ...(signal && { signal }) })
  }

  /** Writes what waits. Idempotent. */
  async stop(): Promise<void> {
    this.#isClosed = true
    const opened = await this.#opening?.catch(() => undefined)
    await opened?.trail.close()
    await opened?.log.close()
  }

  async #write(entry: AuditRecord): Promise<void> {
    const { trail } = await this.#open()
    await trail.record(entry)
  }

  #open() {
    if (this.#isClosed) throw auditErrors.create('closed', {})
    this.#opening ??= this.#openNow().catch((error: unknown) => {
      // Tried again at the next entry: the store may be back then.
      this.#opening = undefined
      throw error
    })
    return this.#opening
  }

  async #openNow() {
    const { location, pseudonyms = NOBODY, clock, key, instance } = this.#parts
    const log = await openRecordLog(location, { clock, instance })
    return { log, trail: createAuditTrail({ log, pseudonyms, clock, key }) }
  }
}

/** Never asked: without keys no entry has anybody in it. */
const NOBODY = { of: () => '', all: () => [] } as const
