import {
  emptyStatus,
  type Evidence,
  EvidenceReader,
  foldState,
  judge,
  type RolloutStatus,
  type RolloutStore,
  type Verdict,
} from '@gradvis/rollout'

/** What a rollout looks like at one moment, judged by whoever looks, without changing anything. */
export type RolloutView = Readonly<{
  store: string
  /** Epoch milliseconds. */
  now: number
  status: RolloutStatus
  verdicts: Readonly<Record<string, Verdict>>
  /** What the verdicts rest on. Absent where only a log is looked at. */
  evidence?: Evidence
  /** When the latest window ended; undefined where nobody has observed anything. */
  lastObservationMs: number | undefined
}>

/** Also before a phase that has just begun: whether anybody writes shall be seen at once. */
const OBSERVED_MS = 10 * 60_000

/** Reads a store again and again, each time only what is new. */
export class RolloutReader {
  readonly #store: RolloutStore
  readonly #observed: EvidenceReader
  #status: RolloutStatus = emptyStatus

  constructor(store: RolloutStore) {
    this.#store = store
    this.#observed = new EvidenceReader(store)
  }

  async read(now: number, signal?: AbortSignal): Promise<RolloutView> {
    this.#status = foldState(await this.#store.readEvents(this.#status.sequence, signal), this.#status)
    await this.#observed.read(this.#status, { sinceMs: now - OBSERVED_MS, signal })
    const { evidence, latestMs } = this.#observed
    const verdicts = judge({ status: this.#status, evidence, now })
    return {
      store: this.#store.description,
      now,
      status: this.#status,
      verdicts: Object.fromEntries(verdicts.map((verdict) => [verdict.service, verdict])),
      evidence,
      lastObservationMs: latestMs,
    }
  }
}
