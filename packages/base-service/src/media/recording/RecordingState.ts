/** Why a recording has ended. `sink_failed`: what was written before that is kept. */
export const RECORDING_ENDS = [
  'stopped',
  'consent_withdrawn',
  'consent_expired',
  'service_stopped',
  'sink_failed',
] as const
export type RecordingEnd = (typeof RECORDING_ENDS)[number]

/** `discarded`: nothing is left of it. `not_removed`: it should have been, and the sink could not. */
export const RECORDING_OUTCOMES = ['kept', 'discarded', 'not_removed'] as const
export type RecordingOutcome = (typeof RECORDING_OUTCOMES)[number]

export type RecordingEnded = Readonly<{
  status: 'ended'
  reason: RecordingEnd
  outcome: RecordingOutcome
  /** What was kept; 0 unless it was. */
  sizeBytes: number
}>

/** For a display of whether one is being recorded. Names nobody. */
export type RecordingState =
  | Readonly<{ status: 'recording' }>
  /** Nothing is written until everyone present has consented. `missing` have not; 0: nobody is there. */
  | Readonly<{ status: 'paused'; missing: number }>
  /** Nothing is written any more; what must not be kept is being cut off. */
  | Readonly<{ status: 'stopping'; reason: RecordingEnd }>
  | RecordingEnded
