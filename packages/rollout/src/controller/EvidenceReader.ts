import { emptyEvidence, type Evidence } from '../evidence/Evidence.ts'
import { gatherEvidence } from '../evidence/gatherEvidence.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import type { RolloutStore, WindowCursor } from './RolloutStore.ts'
import { windowPages } from './windowPages.ts'

type Windows = Pick<RolloutStore, 'readWindows'>
export type EvidenceReaderOptions = Readonly<{
  /** How far back to read at least, in epoch milliseconds. Default: as far as the services' evidence goes. */
  sinceMs?: number | undefined
  signal?: AbortSignal | undefined
}>

/** Adds up what all instances have observed, reading each window once. */
export class EvidenceReader {
  readonly #store: Windows
  #evidence = emptyEvidence
  #cursor: WindowCursor | undefined
  #latestMs: number | undefined

  constructor(store: Windows) {
    this.#store = store
  }

  /** As of the last read, or of the part of it that succeeded. */
  get evidence(): Evidence {
    return this.#evidence
  }

  /** End of the latest window that was read, in epoch milliseconds. */
  get latestMs(): number | undefined {
    return this.#latestMs
  }

  /** Reads all that is new. When it rejects, a part may be missing: good enough to go back by, never to move on. */
  async read(status: RolloutStatus, { sinceMs, signal }: EvidenceReaderOptions = {}): Promise<void> {
    const from = { cursor: this.#cursor, sinceMs: earliest(status, sinceMs) }
    for await (const page of windowPages(this.#store, from, signal)) {
      this.#evidence = gatherEvidence(page.restart ? emptyEvidence : this.#evidence, page.windows, status)
      this.#cursor = page.cursor
      for (const { endMs } of page.windows) this.#latestMs = Math.max(this.#latestMs ?? endMs, endMs)
    }
  }

  /** The percentage of a service may have changed, and with it since when evidence counts. */
  follow(status: RolloutStatus): void {
    this.#evidence = gatherEvidence(this.#evidence, [], status)
  }

  /** The next read begins anew; what is known stays until then. */
  rewind(): void {
    this.#cursor = undefined
  }

  forget(): void {
    this.#evidence = emptyEvidence
    this.#cursor = undefined
  }
}

function earliest({ services }: RolloutStatus, sinceMs: number | undefined): number | undefined {
  const since = Object.values(services).flatMap((one) => ('sinceMs' in one ? one.sinceMs : []))
  const all = sinceMs === undefined ? since : [...since, sinceMs]
  return all.length === 0 ? undefined : Math.min(...all)
}
