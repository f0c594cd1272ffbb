import type { Clock } from '@gradvis/kernel'

import { LegacyBackupError } from './LegacyBackupError.ts'

const ATTEMPTS = 3
const FIRST_DELAY_MS = 50
/** Codes that often mean "not just now". */
const PASSING = new Set(['EAGAIN', 'EBUSY', 'EINTR', 'EIO', 'EMFILE', 'ENFILE', 'ETXTBSY'])

/** Repeats what may be repeated when the disk has a passing trouble. */
export class LegacyRetry {
  readonly #clock: Clock
  readonly #random: () => number

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock
    this.#random = random
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await work()
      } catch (error) {
        const code = LegacyBackupError.systemCode(error)
        if (code === null || !PASSING.has(code) || attempt === ATTEMPTS) throw error
        await this.#pause(FIRST_DELAY_MS * 2 ** (attempt - 1))
      }
    }
  }

  /** Half of the delay is by chance, so that those who failed together do not try again together. */
  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#clock.schedule(delayMs / 2 + (this.#random() * delayMs) / 2, resolve)
    })
  }
}
