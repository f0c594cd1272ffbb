import type { WindowCursor } from '@gradvis/rollout'
import { Migrator } from 'kysely/migration'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { windowRow } from '../rows/windowRow.ts'
import { anEvent } from '../testing/anEvent.ts'
import { aWindow, NOON } from '../testing/aWindow.ts'
import { PostgresRig } from '../testing/PostgresRig.ts'
import { type PostgresServer, startPostgres } from '../testing/startPostgres.ts'
import { PostgresConnections } from './PostgresConnections.ts'
import { appendPostgresEvents } from './postgresEvents.ts'
import { POSTGRES_MIGRATIONS } from './postgresMigrations.ts'
import { insertPostgresWindows } from './postgresWindows.ts'

const DAY = 86_400_000

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** A second store with the schema there, and a plain connection. */
async function aPreparedRig(): Promise<PostgresRig> {
  const rig = await PostgresRig.create(server)
  await rig.store.readEvents(0)
  return rig
}

describe('windows that are committed late', () => {
  it('are seen by a reader who has read later ones in the meantime, each once', async () => {
    await using rig = await aPreparedRig()
    await rig.store.writeWindows([aWindow()])
    const first = await rig.store.readWindows({})
    const late = new pg.Client({ connectionString: rig.url })
    await late.connect()
    await late.query('begin')
    const columns = 'service, implementation, start_ms, end_ms, slot_ms, body'
    await late.query(`insert into gradvis.observation_window (instance, ${columns})
      select 'late', ${columns} from gradvis.observation_window`)
    const meanwhile = [1, 2].map((index) => aWindow({ startMs: NOON + index * 10_000 }))
    await rig.store.writeWindows(meanwhile)
    const second = await rig.store.readWindows({ cursor: first.cursor })
    const roll = await rig.store.compact(NOON + DAY)
    await late.query('commit')
    await late.end()
    const third = await rig.store.readWindows({ cursor: second.cursor })
    const fourth = await rig.store.readWindows({ cursor: third.cursor })
    expect(first.windows).toEqual([aWindow()])
    expect(roll.rolledUp).toBe(1)
    expect([...second.windows, ...third.windows]).toEqual([aWindow({ instance: 'late' }), ...meanwhile])
    expect(fourth.windows).toEqual([])
    expect([second, third, fourth].map(({ restart }) => restart)).toEqual([false, false, false])
  })

  it('are seen after the pages of everything that was there before, each once', async () => {
    await using rig = await aPreparedRig()
    const store = await rig.openAnother({ windowsPerPage: 2 })
    const series = (instance: string) => [0, 1, 2].map((index) => aWindow({ instance, startMs: NOON + index * 10_000 }))
    const before = series('instance-1')
    await store.writeWindows(before)
    const late = new pg.Client({ connectionString: rig.url })
    await late.connect()
    await late.query('begin')
    const columns = 'service, implementation, start_ms, end_ms, slot_ms, body'
    await late.query(`insert into gradvis.observation_window (instance, ${columns})
      select 'late', ${columns} from gradvis.observation_window`)
    const meanwhile = aWindow({ startMs: NOON + DAY })
    await store.writeWindows([meanwhile])
    const first = await store.readWindows({})
    await late.query('commit')
    await late.end()
    const rest = []
    for (let page = first; page.more; rest.push(page)) page = await store.readWindows({ cursor: page.cursor })
    expect([first, ...rest].flatMap(({ windows }) => windows)).toEqual([...before, ...series('late'), meanwhile])
    expect(rest.some(({ restart }) => restart)).toBe(false)
  })
})

describe('the schema', () => {
  it('is made once when eight processes start at the same time', async () => {
    await using rig = await PostgresRig.create(server)
    const stores = await Promise.all(Array.from({ length: 8 }, () => rig.openAnother()))
    expect(await Promise.all(stores.map((store) => store.readEvents(0)))).toEqual(stores.map(() => []))
    expect(await rig.query('select name from gradvis.schema_migration')).toHaveLength(3)
  })

  it('is brought up to date from its first version, with everything in it', async () => {
    await using rig = await PostgresRig.create(server)
    const { database } = new PostgresConnections(rig.url, 'test')
    const [first = '', migration] = Object.entries(POSTGRES_MIGRATIONS)[0] ?? []
    const { error } = await new Migrator({
      db: database,
      provider: { getMigrations: () => Promise.resolve(migration ? { [first]: migration } : {}) },
      migrationTableSchema: 'gradvis',
      migrationTableName: 'schema_migration',
      migrationLockTableName: 'schema_migration_lock',
    }).migrateToLatest()
    expect(error).toBeUndefined()
    await appendPostgresEvents(database, [anEvent()], 0)
    await insertPostgresWindows(database, [windowRow(aWindow())])
    await database.destroy()
    expect(await rig.store.readEvents(0)).toEqual([{ ...anEvent(), sequence: 1 }])
    expect((await rig.store.readWindows({})).windows).toEqual([aWindow()])
    expect(await rig.store.lead('instance-1', 1000)).toBe(true)
    expect(await rig.store.compact(NOON + DAY)).toMatchObject({ rolledUp: 1 })
  })

  it('lets nobody change or delete an event, or leave a gap', async () => {
    await using rig = await aPreparedRig()
    await rig.store.append([anEvent(), anEvent()], 0)
    for (const [sql, reason] of [
      [`update gradvis.event set body = '{}'`, 'never changed'],
      ['delete from gradvis.event where sequence = 2', 'never changed'],
      ['truncate gradvis.event', 'never changed'],
      [`insert into gradvis.event values (4, '{}')`, 'one after the other'],
    ] as const)
      await expect(rig.query(sql)).rejects.toThrow(reason)
    expect(await rig.store.readEvents(0)).toHaveLength(2)
  })

  it('is refused when it is newer', async () => {
    await using rig = await aPreparedRig()
    await rig.query(`insert into gradvis.schema_migration (name, timestamp) values ('003_later', 'now')`)
    const store = await rig.openAnother()
    await expect(store.readEvents(0)).rejects.toMatchObject({
      code: 'rollout_store.newer_schema',
      params: { found: 4, supported: 3 },
    })
  })

  it('serves a login that may create nothing, once it is there', async () => {
    await using rig = await PostgresRig.create(server)
    await rig.query(`create role worker login password 'worker'`)
    const asWorker = Object.assign(new URL(rig.url), { username: 'worker', password: 'worker' }).href
    await expect((await rig.openAnother({}, asWorker)).readEvents(0)).rejects.toMatchObject({
      code: 'rollout_store.denied',
      params: { reason: '42501' },
    })
    await rig.store.append([anEvent()], 0)
    await rig.query('grant usage on schema gradvis to worker')
    await rig.query('grant select, insert, update, delete on all tables in schema gradvis to worker')
    const worker = await rig.openAnother({}, asWorker)
    expect(await worker.append([anEvent()], 1)).toHaveLength(1)
    await worker.writeWindows([aWindow()])
    expect(await worker.compact(NOON + DAY)).toEqual({ rolledUp: 1, deleted: 0 })
  })
})

describe('a database that refuses or is damaged', () => {
  it('says so when it can only be read', async () => {
    await using rig = await aPreparedRig()
    await rig.query(`do $$ begin
      execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`)
    const store = await rig.openAnother()
    await expect(store.append([anEvent()], 0)).rejects.toMatchObject({ code: 'rollout_store.read_only' })
  })

  it('names the event that does not parse, or is missing', async () => {
    await using rig = await aPreparedRig()
    await rig.store.append([anEvent(), anEvent(), anEvent()], 0)
    await rig.query('alter table gradvis.event disable trigger all')
    await rig.query(`update gradvis.event set body = '{"at": 1}' where sequence = 2`)
    const code = 'rollout_store.damaged'
    await expect(rig.store.readEvents(0)).rejects.toMatchObject({ code, params: { table: 'event', id: 2 } })
    await rig.query('delete from gradvis.event where sequence = 2')
    await expect(rig.store.readEvents(1)).rejects.toMatchObject({ code, params: { table: 'event', id: 2 } })
    expect(await rig.store.readEvents(2)).toHaveLength(1)
  })

  it('shows windows that were restored from another server, and lets every reader start anew', async () => {
    await using rig = await aPreparedRig()
    await rig.store.writeWindows([aWindow(), aWindow({ startMs: NOON + DAY })])
    await rig.store.compact(NOON + DAY)
    const { cursor } = await rig.store.readWindows({})
    await rig.query(`update gradvis.observation_window set xact_id = '9999999999'`)
    await rig.query(`update gradvis.roll_up_watermark set xact_id = '9999999990'`)
    const store = await rig.openAnother()
    expect(await store.readWindows({ cursor })).toMatchObject({ windows: [{ instance: '*' }, {}], restart: true })
    const abroad = 'postgres:9999999999' as WindowCursor
    const page = await store.readWindows({ cursor: abroad })
    expect(page).toMatchObject({ windows: [{}, {}], restart: true })
    expect(await store.readWindows({ cursor: page.cursor })).toMatchObject({ windows: [], restart: false })
  })
})

describe('a lease', () => {
  it('is void when the clock of the server was set back, by however much', async () => {
    await using rig = await aPreparedRig()
    expect(await rig.store.lead('instance-1', 60_000)).toBe(true)
    await rig.query(`update gradvis.leader set since = clock_timestamp() + interval '1 second'`)
    expect(await rig.store.lead('instance-2', 60_000)).toBe(true)
    expect(await rig.store.lead('instance-1', 60_000)).toBe(false)
  })

  it('is not waited for while somebody else takes it', async () => {
    await using rig = await aPreparedRig()
    const other = new pg.Client({ connectionString: rig.url })
    await other.connect()
    await other.query('begin; select from gradvis.leader for update')
    expect(await rig.store.lead('instance-1', 60_000)).toBe(false)
    await other.query('commit')
    await other.end()
    expect(await rig.store.lead('instance-1', 60_000)).toBe(true)
  })
})
