import {
  emptyEvidence,
  type Evidence,
  emptyStatus,
  foldState,
  gatherEvidence,
  judge,
  type RolloutStatus,
  type RolloutStore,
  type Verdict,
  type WindowCursor,
  windowPages,
} from '@gradvis/rollout'

/** What a rollout looks like at one moment, judged by whoever looks, without changing anything. */
export type RolloutView = Readonly<{
  store: string
  /** Epoch milliseconds. */
  now: number
  status: RolloutStatus
  verdicts: Readonly<Record<string, Verdict>>
  /** When the latest window ended; undefined where nobody has observed anything. */
  lastObservationMs: number | undefined
}>

/** Reads a store again and again, each time only what is new. */
export class RolloutReader {
  readonly #store: RolloutStore
  #status: RolloutStatus = emptyStatus
  #evidence: Evidence = emptyEvidence
  #cursor: WindowCursor | undefined
  #lastObservationMs: number | undefined

  constructor(store: RolloutStore) {
    this.#store = store
  }

  async read(now: number, signal?: AbortSignal): Promise<RolloutView> {
    this.#status = foldState(await this.#store.readEvents(this.#status.sequence, signal), this.#status)
    await this.#readWindows(now, signal)
    const verdicts = judge({ status: this.#status, evidence: this.#evidence, now })
    return {
      store: this.#store.description,
      now,
      status: this.#status,
      verdicts: Object.fromEntries(verdicts.map((verdict) => [verdict.service, verdict])),
      lastObservationMs: this.#lastObservationMs,
    }
  }

  async #readWindows(now: number, signal: AbortSignal | undefined): Promise<void> {
    const from = { cursor: this.#cursor, sinceMs: evidenceSinceMs(this.#status, now) }
    for await (const page of windowPages(this.#store, from, signal)) {
      this.#cursor = page.cursor
      this.#evidence = gatherEvidence(page.restart ? emptyEvidence : this.#evidence, page.windows, this.#status)
      for (const { endMs } of page.windows) this.#lastObservationMs = Math.max(this.#lastObservationMs ?? endMs, endMs)
    }
  }
}

/** Also before a phase that has just begun: whether anybody writes shall be seen at once. */
const OBSERVED_MS = 10 * 60_000

/** From when on windows count for anything: since the first of the running phases began. */
function evidenceSinceMs({ services }: RolloutStatus, now: number): number {
  return Math.min(now - OBSERVED_MS, ...Object.values(services).flatMap((one) => ('sinceMs' in one ? one.sinceMs : [])))
}
