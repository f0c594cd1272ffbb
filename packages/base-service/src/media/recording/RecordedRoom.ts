import type { Disposer } from '@gradvis/kernel'

/** Who can be heard in what is recorded. */
export interface RecordedRoom {
  /** Keys, in the service's register of consents, of everyone who is present now. */
  present(): readonly string[]
  /** Called synchronously when somebody has joined or left, before any of their media reaches the recording. */
  onChanged(listener: () => void): Disposer
}
