import { silentLogger } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import { type ConsentPolicy, ConsentRegister } from '@gradvis/privacy'

import { Recording } from '../media/recording/Recording.ts'
import type { RecordingChunk } from '../media/recording/RecordingChunk.ts'
import { MemoryRecordingSink } from './MemoryRecordingSink.ts'
import { TestRoom } from './TestRoom.ts'

export const START_MS = 1_000_000
export const CHUNK_MS = 20

/** Participants `a` and `b`, who have consented, in a room that is being recorded. */
export class RecordingStage {
  readonly clock: ManualClock
  readonly sink = new MemoryRecordingSink()
  readonly room = new TestRoom('a', 'b')
  readonly consents: ConsentRegister
  readonly recording: Recording
  readonly states: string[] = []

  constructor(policy: ConsentPolicy = { recording: {} }, clock = new ManualClock(START_MS)) {
    this.clock = clock
    const { room, sink } = this
    const onListenerError = (error: unknown) => {
      throw error
    }
    this.consents = new ConsentRegister({ clock, policy, onListenerError })
    for (const key of room.present()) this.give(key)
    this.recording = new Recording({ clock, logger: silentLogger, consents: this.consents, room, sink })
    this.recording.onState((state) => this.states.push(state.status))
  }

  give(key: string): void {
    this.consents.give(key, { purposes: ['recording'], version: '1', givenAt: this.clock.now() })
  }

  /** Time passes, and what was captured meanwhile is written: ten bytes. */
  async capture(overrides: Partial<RecordingChunk> = {}): Promise<boolean> {
    const startMs = this.clock.now()
    this.clock.advance(CHUNK_MS)
    const data = new Uint8Array(10).fill((startMs - START_MS) / CHUNK_MS)
    return this.recording.write({ data, startMs, endMs: this.clock.now(), ...overrides })
  }
}
