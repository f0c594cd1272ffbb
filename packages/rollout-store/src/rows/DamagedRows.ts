import type { Logger } from '@gradvis/kernel'

/** How many rows are known not to be told of again: after a downgrade there may be no end of unreadable ones. */
const REMEMBERED = 10_000

/** Rows that can't be read and stay where they are. Operators hear of each once per store, without its content. */
export class DamagedRows {
  readonly #logger: Logger
  readonly #told = new Set<string>()

  constructor(logger: Logger) {
    this.#logger = logger
  }

  skip(table: string, id: string): void {
    const row = `${table} ${id}`
    if (this.#told.has(row)) return
    const [oldest] = this.#told
    if (oldest !== undefined && this.#told.size >= REMEMBERED) this.#told.delete(oldest)
    this.#told.add(row)
    this.#logger.error('A damaged row of the rollout store was skipped', { table, id })
  }
}
