/** What a probe saw. Numbers, words and flags, no personal data. */
export type ProbeEvidence = Readonly<Record<string, string | number | boolean>>
export type ProbeResult = Readonly<{ passed: boolean; evidence: ProbeEvidence }>

/** A self-test of the migrated side, run by the engine as evidence for the criterion of the same name. */
export type Probe = Readonly<{
  service: string
  /** The criterion's id. */
  id: string
  /** Rejecting counts as not passed. Leaves nothing behind: no data, no socket, no timer. */
  run: (signal: AbortSignal) => Promise<ProbeResult>
}>
