import type { RolloutStore } from './RolloutStore.ts'

/** An instance that has died is succeeded after this many ticks. */
const LEASE_TICKS = 3
/** How long an instance that leads only for want of a better one makes way for one. */
const LEAST_PAUSE_TICKS = 3

type LeadershipOptions = Readonly<{ store: RolloutStore; instance: string; tickMs: number; random: () => number }>

/**
 * One instance reads and judges for all, because the others would find the same. An instance that follows the adopted plan
 * keeps the lead for as long as it runs. Any other one, which must not move services on, leads for a tick at a time and
 * then makes way, so that a left-over of an old version never holds a whole rollout, and protects it where nobody else does.
 */
export class Leadership {
  readonly #options: LeadershipOptions
  #pauseTicks = 0

  constructor(options: LeadershipOptions) {
    this.#options = options
  }

  /** Asked once per tick. True where the store cannot say: better two that judge than none. */
  async ask(followsPlan: boolean): Promise<boolean> {
    const { store, instance, tickMs, random } = this.#options
    if (followsPlan) return store.lead(instance, LEASE_TICKS * tickMs).catch(() => true)
    this.#pauseTicks -= 1
    if (this.#pauseTicks > 0) return false
    const leads = await store.lead(instance, tickMs).catch(() => true)
    if (leads) this.#pauseTicks = 1 + Math.ceil(LEAST_PAUSE_TICKS * (1 + random()))
    return leads
  }

  /** The next instance leads from its next tick on. */
  async giveUp(): Promise<void> {
    await this.#options.store.lead(this.#options.instance, 0)
  }
}
