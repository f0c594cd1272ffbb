import type { Classification } from '../detection/Classification.ts'
import type { ValueFinding } from '../detection/Finding.ts'
import { scanValue } from '../detection/scanValue.ts'
import type { Pseudonyms } from '../pseudonyms/createPseudonyms.ts'
import { redactText } from '../redaction/redactText.ts'
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
/** A path is made of keys, which anybody may have chosen, and becomes part of log lines and of the reason of an incident. */
const LONGEST_PATH = 200
/** What leaves of a value that throws at whoever reads it, as a revoked proxy does. */
const UNREAD = '[unread]'

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

  /**
   * The value as it may leave: itself where nothing was found, otherwise a copy without what was. The text `[unread]`
   * where reading it throws and findings are redacted.
   */
  clean<T>(value: T, emission: Emission): T {
    try {
      return this.#clean(value, emission)
    } catch {
      return this.#redacts ? (UNREAD as T) : value
    }
  }

  #clean<T>(value: T, emission: Emission): T {
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

  #report(findings: readonly ValueFinding[], { channel, source }: Emission): void {
    for (const { path, ...found } of findings) {
      try {
        this.#options.onFinding({ ...source, ...found, channel, path: shownPath(path), redacted: this.#redacts })
      } catch {
        // The value is clean all the same, which is what matters to whoever emits it.
      }
    }
  }
}

/** Cut off after the search: a number that is cut in two is not found any more. */
function shownPath(path: string): string {
  const clean = redactText(path)
  return clean.length <= LONGEST_PATH ? clean : `${clean.slice(0, LONGEST_PATH)}…`
}
