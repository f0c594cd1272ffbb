import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { RecordingStage, START_MS } from '../../testing/RecordingStage.ts'

const KEYS = ['a', 'b', 'c'] as const
const VALID_MS = 120

type Key = (typeof KEYS)[number]
type Chunk = Readonly<{ startMs: number; endMs: number }>

const CAPTURES = Array.from({ length: 12 }, () => 'capture' as const)

const step = fc.record({
  act: fc.constantFrom(...(['join', 'leave', 'give', 'give', 'withdraw', 'settle', 'deliver'] as const), ...CAPTURES),
  key: fc.constantFrom(...KEYS),
  ms: fc.nat(12),
  /** How much earlier a withdrawal was said than it is heard of. */
  lateMs: fc.nat(40),
})
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

/** What was true at each millisecond, kept without any of the code under test. */
class Truth {
  readonly #present = new Map<Key, Set<number>>(KEYS.map((key) => [key, new Set()]))
  readonly #consented = new Map<Key, Set<number>>(KEYS.map((key) => [key, new Set()]))
  readonly #givenAt = new Map<Key, number>()
  #inside = new Set<Key>(['a', 'b'])

  constructor() {
    this.give('a', START_MS)
    this.give('b', START_MS)
  }

  pass(ms: number): void {
    for (const key of KEYS) {
      if (this.#inside.has(key)) this.#present.get(key)?.add(ms)
      if (ms < (this.#givenAt.get(key) ?? -Infinity) + VALID_MS) this.#consented.get(key)?.add(ms)
    }
  }

  give(key: Key, now: number): void {
    this.#givenAt.set(key, now)
  }

  withdraw(key: Key, at: number, now: number): void {
    this.#givenAt.delete(key)
    for (let ms = at; ms < now; ms += 1) this.#consented.get(key)?.delete(ms)
  }

  move(key: Key, isInside: boolean): void {
    if (isInside) this.#inside.add(key)
    else this.#inside.delete(key)
  }

  allows({ startMs, endMs }: Chunk): boolean {
    const moments = Array.from({ length: endMs - startMs }, (_, index) => startMs + index)
    return moments.every((ms) => {
      const there = KEYS.filter((key) => this.#present.get(key)?.has(ms))
      return there.length > 0 && there.every((key) => this.#consented.get(key)?.has(ms))
    })
  }
}

/** A stage, what is true, and the chunks that were captured; a chunk's one byte is its number. */
class World {
  readonly stage = new RecordingStage({ recording: { validForMs: VALID_MS } })
  readonly truth = new Truth()
  readonly chunks: Chunk[] = []
  readonly #undelivered: number[] = []

  async act({ act, key, ms, lateMs }: Step): Promise<void> {
    const { stage, truth } = this
    const startMs = stage.clock.now()
    for (let passed = 0; passed < ms; passed += 1) {
      truth.pass(stage.clock.now())
      stage.clock.advance(1)
    }
    const now = stage.clock.now()
    if (act === 'capture') this.#undelivered.push(this.chunks.push({ startMs, endMs: now }) - 1)
    if (act === 'capture' && lateMs % 2 === 0) this.#deliver()
    if (act === 'deliver') this.#deliver()
    if (act === 'settle') await new Promise<void>((resolve) => setImmediate(resolve))
    if (act === 'give') this.#give(key, now)
    if (act === 'withdraw') this.#withdraw(key, now, lateMs)
    if (act === 'join' || act === 'leave') this.#move(key, act === 'join')
  }

  async end(): Promise<readonly Chunk[]> {
    this.#deliver()
    await this.stage.recording.stop()
    return this.stage.sink.bytes.map((index) => this.chunks[index] as Chunk)
  }

  #deliver(): void {
    for (const index of this.#undelivered.splice(0)) {
      const chunk = this.chunks[index] as Chunk
      void this.stage.recording.write(Object.assign({ data: Uint8Array.of(index) }, chunk))
    }
  }

  #give(key: Key, now: number): void {
    this.stage.give(key)
    if (this.stage.consents.allows(key, 'recording')) this.truth.give(key, now)
  }

  #withdraw(key: Key, now: number, lateMs: number): void {
    // What is heard of when the file is closed is no matter of the guard: it is an erasure.
    const at = this.stage.recording.state.status === 'ended' ? now : now - lateMs
    this.stage.consents.withdraw(key, { at })
    this.truth.withdraw(key, at, now)
  }

  #move(key: Key, isInside: boolean): void {
    this.truth.move(key, isInside)
    if (isInside) this.stage.room.join(key)
    else this.stage.room.leave(key)
  }
}

describe('whatever the order of joins, consents, withdrawals, expiries and chunks', () => {
  it('keeps no byte that was captured while anyone present lacked consent', async () => {
    let kept = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40, size: 'max' }), async (steps) => {
        const world = new World()
        for (const one of steps) await world.act(one)
        const inFile = await world.end()
        kept += inFile.length
        expect(inFile.filter((chunk) => !world.truth.allows(chunk))).toEqual([])
      }),
      { numRuns: 1_000 },
    )
    // Or else it would hold for a recording that keeps nothing.
    expect(kept).toBeGreaterThan(1_000)
  })
})
