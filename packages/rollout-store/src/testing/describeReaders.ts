import type { ObservationWindow, RolloutStore, WindowCursor } from '@gradvis/rollout'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { anOperation, aWindow, NOON } from './aWindow.ts'
import type { OpenStoreRig, StoreRig } from './StoreRig.ts'

const INSTANCES = ['instance-1', 'instance-2'] as const
/** How many windows a reader gets at once, each its own. */
const PAGES = [5_000, 3, 1]
const WINDOW_MS = 180_000

type Step =
  | Readonly<{ type: 'observe'; instance: number; operations: number }>
  /** Writes what the instance has not been acknowledged yet; when the answer is lost it will do so again. */
  | Readonly<{ type: 'write'; instance: number; answerLost: boolean }>
  | Readonly<{ type: 'read'; reader: number }>
  | Readonly<{ type: 'compact' }>
  | Readonly<{ type: 'wait'; minutes: number }>

const aStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('observe'), instance: fc.nat(1), operations: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('write'), instance: fc.nat(1), answerLost: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ type: fc.constant('read'), reader: fc.nat(PAGES.length - 1) }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('compact') }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('wait'), minutes: fc.nat(90) }) },
)

type Reader = { readonly store: RolloutStore; cursor: WindowCursor | undefined; sum: number }

/** Instances that observe and write, readers that add up what they read, and one truth to compare them with. */
class Fleet {
  now = NOON
  written = 0
  readonly mistakes: unknown[] = []
  readonly #rig: StoreRig
  readonly #unacknowledged = new Map<string, ObservationWindow[]>()
  readonly #known = new Set<ObservationWindow>()
  readonly #readers: readonly Reader[]

  private constructor(rig: StoreRig, stores: readonly RolloutStore[]) {
    this.#rig = rig
    this.#readers = stores.map((store) => ({ store, cursor: undefined, sum: 0 }))
  }

  static async of(rig: StoreRig): Promise<Fleet> {
    return new Fleet(rig, await Promise.all(PAGES.map((windowsPerPage) => rig.openAnother({ windowsPerPage }))))
  }

  async do(step: Step): Promise<void> {
    switch (step.type) {
      case 'observe':
        return this.#observe(INSTANCES[step.instance]!, step.operations)
      case 'write':
        return this.#write(INSTANCES[step.instance]!, step.answerLost)
      case 'read':
        return void (await this.#readPage(step.reader))
      case 'compact':
        return void (await this.#rig.store.compact(this.now))
      case 'wait':
        this.now += step.minutes * 60_000
    }
  }

  async readAll(): Promise<void> {
    for (const index of PAGES.keys()) while (await this.#readPage(index));
  }

  /** Adds what is new to the reader's sum, which must be all that was written once there is no more. Whether there is. */
  async #readPage(index: number): Promise<boolean> {
    const reader = this.#readers[index]!
    const { windows, cursor, more, restart } = await reader.store.readWindows({ cursor: reader.cursor })
    reader.sum = (restart ? 0 : reader.sum) + windows.reduce((total, window) => total + operationsOf(window), 0)
    reader.cursor = cursor
    if (windows.length > PAGES[index]!) this.mistakes.push({ reader: index, tooMany: windows.length })
    if (!more && reader.sum !== this.written)
      this.mistakes.push({ reader: index, counted: reader.sum, written: this.written })
    return more
  }

  #observe(instance: string, operations: number): void {
    const startMs = this.now
    this.now += WINDOW_MS
    const window = aWindow({
      instance,
      startMs,
      endMs: this.now,
      operations: { createBackup: anOperation({ operations }) },
    })
    this.#unacknowledged.set(instance, [...(this.#unacknowledged.get(instance) ?? []), window])
  }

  async #write(instance: string, answerLost: boolean): Promise<void> {
    const windows = this.#unacknowledged.get(instance) ?? []
    await this.#rig.store.writeWindows(windows)
    for (const window of windows.filter((window) => !this.#known.has(window))) {
      this.#known.add(window)
      this.written += operationsOf(window)
    }
    if (!answerLost) this.#unacknowledged.set(instance, [])
  }
}

function operationsOf({ operations }: ObservationWindow): number {
  return Object.values(operations).reduce((total, { operations }) => total + operations, 0)
}

/** A property over any order of writes, repeated writes, reads and roll-ups. */
export function describeReaders(name: string, open: OpenStoreRig, runs: number): void {
  describe(`${name}: readers`, () => {
    it('count each window once, in pages of any size, whatever is written, sent again, read and rolled up in which order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(aStep, { maxLength: 60, size: 'max' }), async (steps) => {
          await using rig = await open()
          const fleet = await Fleet.of(rig)
          for (const step of steps) await fleet.do(step)
          await fleet.readAll()
          expect(fleet.mistakes).toEqual([])
        }),
        { numRuns: runs },
      )
    }, 120_000)
  })
}
