import { RecordingLogger } from '@gradvis/kernel/testing'
import type { ObservationWindow, RolloutStore, WindowCursor } from '@gradvis/rollout'
import { describe, expect, it } from 'vitest'

import { aWindow, NOON } from './aWindow.ts'
import type { StoreRig } from './StoreRig.ts'

const DAY = 86_400_000
const WINDOW = 'observation_window'
const ROLL_UP = 'observation_roll_up'
const HEALED = JSON.stringify({ operations: aWindow().operations })

type DamageableRig = StoreRig & Readonly<{ query(sql: string): Promise<readonly unknown[]> }>

/** A store with one window per instance, and a logger that keeps what it says. */
class Damaged implements AsyncDisposable {
  readonly logger = new RecordingLogger()
  readonly #rig: DamageableRig
  readonly #schema: string

  constructor(rig: DamageableRig, schema: string) {
    this.#rig = rig
    this.#schema = schema
  }

  async openStore(windows: readonly ObservationWindow[], windowsPerPage?: number): Promise<RolloutStore> {
    await this.#rig.store.writeWindows(windows)
    return this.#rig.openAnother({ logger: this.logger, windowsPerPage })
  }

  async overwrite(table: string, body: string, where = 'true'): Promise<void> {
    await this.#rig.query(`update ${this.#schema}${table} set body = '${body}' where ${where}`)
  }

  async bodies(table: string): Promise<readonly unknown[]> {
    return this.#rig.query(`select body from ${this.#schema}${table} order by start_ms, service`)
  }

  [Symbol.asyncDispose](): PromiseLike<void> {
    return this.#rig[Symbol.asyncDispose]()
  }
}

const from = (instance: string, startMs = NOON) => aWindow({ instance, startMs })
const skipped = (table: string, id: string) => ({
  level: 'error',
  message: 'A damaged row of the rollout store was skipped',
  fields: { table, id },
})

/** What a store must do with windows that nobody can read. `schema`: what the names of its tables begin with. */
export function describeDamage(name: string, open: () => Promise<DamageableRig>, schema = ''): void {
  const damageable = async () => new Damaged(await open(), schema)

  describe(`${name}: a window that cannot be read`, () => {
    it.each(['{"secret-word":', '[]', 'null', '{}', '{"operations": {"createBackup": 1}}'])(
      'is skipped, and told of once without its content: %s',
      async (body) => {
        await using damaged = await damageable()
        const store = await damaged.openStore([from('a'), from('b'), from('c')])
        await damaged.overwrite(WINDOW, body, `instance = 'b'`)
        for (let round = 0; round < 2; round++)
          expect((await store.readWindows({})).windows).toEqual([from('a'), from('c')])
        await store.compact(NOON + DAY)
        expect(damaged.logger.lines).toEqual([skipped(WINDOW, '2')])
      },
    )

    it('leaves a reader where it is after it, in pages of any size', async () => {
      await using damaged = await damageable()
      const windows = ['a', 'b', 'c', 'd'].map((instance) => from(instance))
      const store = await damaged.openStore(windows, 1)
      await damaged.overwrite(WINDOW, '[]', `instance in ('b', 'c')`)
      const seen: ObservationWindow[] = []
      let cursor: WindowCursor | undefined
      let more = true
      for (let pages = 0; more && pages < 10; pages++) {
        const page = await store.readWindows({ cursor })
        seen.push(...page.windows)
        ;({ cursor, more } = page)
      }
      expect(more).toBe(false)
      expect(seen).toEqual([from('a'), from('d')])
      expect(damaged.logger.lines).toEqual([skipped(WINDOW, '2'), skipped(WINDOW, '3')])
    })

    it('stays in place when all the others are rolled up, and lets no reader begin anew for it', async () => {
      await using damaged = await damageable()
      const store = await damaged.openStore([from('a'), from('b'), from('c'), from('later', NOON + 600_000)])
      await damaged.overwrite(WINDOW, '[]', `instance = 'b'`)
      expect(await store.compact(NOON + DAY)).toEqual({ rolledUp: 3, deleted: 0 })
      expect(await damaged.bodies(WINDOW)).toEqual([{ body: '[]' }])
      const { windows, cursor } = await store.readWindows({})
      expect(windows.map(({ operations }) => operations['createBackup']?.operations)).toEqual([20, 10])
      expect(await store.compact(NOON + DAY)).toEqual({ rolledUp: 0, deleted: 0 })
      expect(await store.readWindows({ cursor })).toMatchObject({ windows: [], restart: false })
      expect(damaged.logger.lines).toEqual([skipped(WINDOW, '2')])
    })

    it('counts once when it was repaired, before and after it is rolled up', async () => {
      await using damaged = await damageable()
      const store = await damaged.openStore([from('a'), from('b')])
      await damaged.overwrite(WINDOW, '[]', `instance = 'a'`)
      await store.compact(NOON + DAY)
      await damaged.overwrite(WINDOW, HEALED)
      expect((await store.readWindows({})).windows).toMatchObject([{ instance: '*' }, from('a')])
      expect(await store.compact(NOON + DAY)).toMatchObject({ rolledUp: 1 })
      const { windows } = await store.readWindows({})
      expect(windows.map(({ operations }) => operations['createBackup']?.operations)).toEqual([20])
    })

    it('stays in place too when only its response times cannot be added up', async () => {
      await using damaged = await damageable()
      const store = await damaged.openStore([from('a'), from('b')])
      await damaged.overwrite(WINDOW, HEALED.replace(/"latency":.*?\}/, '"latency":{}'), `instance = 'a'`)
      expect(await store.compact(NOON + DAY)).toMatchObject({ rolledUp: 1 })
      expect((await store.readWindows({})).windows).toMatchObject([{ instance: '*' }, { instance: 'a' }])
      expect(damaged.logger.lines).toEqual([skipped(WINDOW, '1')])
    })
  })

  describe(`${name}: a roll-up that cannot be read`, () => {
    it('stays in place, and what would be added to it stays readable', async () => {
      await using damaged = await damageable()
      const store = await damaged.openStore([from('a'), from('a', NOON + 600_000)])
      await store.compact(NOON + DAY)
      await damaged.overwrite(ROLL_UP, '[]', `start_ms = ${NOON}`)
      await store.writeWindows([from('late'), from('late', NOON + 600_000)])
      for (const rolledUp of [1, 0]) expect(await store.compact(NOON + DAY)).toEqual({ rolledUp, deleted: 0 })
      const { windows } = await store.readWindows({})
      expect(windows).toMatchObject([{ instance: '*', startMs: NOON + 600_000 }, from('late')])
      expect(windows[0]?.operations['createBackup']?.operations).toBe(20)
      expect((await damaged.bodies(ROLL_UP))[0]).toEqual({ body: '[]' })
      expect(damaged.logger.lines).toEqual([skipped(ROLL_UP, `BackupService migrated ${NOON}`)])
    })
  })
}
