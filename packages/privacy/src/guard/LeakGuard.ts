import type { Classification } from '../detection/Classification.ts'
import { scanValue } from '../detection/scanValue.ts'
import type { Pseudonyms } from '../pseudonyms/createPseudonyms.ts'
import { redactValue } from '../redaction/redactValue.ts'
import type { LeakChannel, LeakFinding, LeakSource } from './LeakFinding.ts'

/** `redact` takes personal data out before anything leaves, `observe` reports it and leaves everything as it is. */
export const LEAK_GUARD_MODES = ['redact', 'observe'] as const
export type LeakGuardMode = (typeof LEAK_GUARD_MODES)[number]

export type LeakGuardOptions = Readonly<{
  /** Default `redact`. */
  mode?: LeakGuardMode | undefined
  /** Told of each finding at once. What it throws is swallowed: a report must not fail what it is about. */
  onFinding: (finding: LeakFinding) => void
  /** What fields of a service's output are known to hold, by the name of the service. */
  classifications?: Readonly<Record<string, Classification>> | undefined
  /** Turns declared subjects into pseudonyms. Absent: they are taken out. */
  pseudonyms?: Pseudonyms | undefined
  /** Characters of one text that are read in full. Beyond it, samples are searched and `redact` cuts it off. Default 16,384. */
  maxTextLength?: number | undefined
}>

/** Where something is about to leave, and whose it is. */
export type Emission = Readonly<{ channel: LeakChannel; source: LeakSource }>

const MAX_TEXT_LENGTH = 16_384

/** What everything that a service emits passes on its way out. Never throws. */
export class LeakGuard {
  readonly #options: LeakGuardOptions
  readonly #redacts: boolean

  constructor(options: LeakGuardOptions) {
    this.#options = options
    this.#redacts = options.mode !== 'observe'
  }

  /** False where findings are only reported. */
  get redacts(): boolean {
    return this.#redacts
  }

  /** The value as it may leave: itself where nothing was found, otherwise a copy without what was. */
  clean<T>(value: T, emission: Emission): T {
    const { pseudonyms, classifications = {}, maxTextLength = MAX_TEXT_LENGTH } = this.#options
    const { service } = emission.source
    const classification = service === undefined ? {} : (classifications[service] ?? {})
    if (!this.#redacts) {
      this.#report(scanValue(value, { classification, maxTextLength }), emission)
      return value
    }
    const cleaned = redactValue(value, { classification, maxTextLength, ...(pseudonyms && { pseudonyms }) })
    this.#report(cleaned.findings, emission)
    return cleaned.value
  }

  #report(findings: readonly Pick<LeakFinding, 'kind' | 'path'>[], { channel, source }: Emission): void {
    for (const { kind, path } of findings) {
      try {
        this.#options.onFinding({ ...source, channel, kind, path, redacted: this.#redacts })
      } catch {
        // The value is clean all the same, which is what matters to whoever emits it.
      }
    }
  }
}
