/** A piece of media, and when it was captured by the service's clock: milliseconds since the epoch, half-open. */
export type RecordingChunk = Readonly<{
  /** Left as it is until the chunk is written. */
  data: Uint8Array
  startMs: number
  endMs: number
  /**
   * Whom it contains, as keys of the register of consents; somebody who is not present makes it refused. Absent: a mix
   * of the whole room. It decides nothing else, because one consent that is missing stops the recording of everybody:
   * no mix can be told apart again, and microphones pick up others than their owner.
   */
  from?: readonly string[] | undefined
}>
