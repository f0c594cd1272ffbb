import { chmod, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { type ServiceError, silentLogger, systemClock } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { slotOf } from '../roll-up/slotOf.ts'
import { anEvent } from '../testing/anEvent.ts'
import { aWindow } from '../testing/aWindow.ts'
import { SqliteRig } from '../testing/SqliteRig.ts'
import { withoutPrivileges } from '../testing/withoutPrivileges.ts'
import { openSqliteStore } from './openSqliteStore.ts'
import { APPLICATION_ID, SQLITE_MIGRATIONS } from './sqliteSchema.ts'

const options = { clock: systemClock, logger: silentLogger }
const open = (file: string) => openSqliteStore(file, options)
const refusal = async (file: string) => (await open(file).catch((error: unknown) => error)) as ServiceError

/** A folder with a store that was filled and closed. */
async function aClosedStore(): Promise<SqliteRig> {
  const rig = await SqliteRig.create()
  await rig.store.append(
    Array.from({ length: 200 }, () => anEvent()),
    0,
  )
  await rig.store.writeWindows(Array.from({ length: 200 }, (_, index) => aWindow({ instance: `instance-${index}` })))
  await rig.store.close()
  return rig
}

describe('a file that is no store', () => {
  it.each([
    ['text', Buffer.from('not a database, but rather long\n'.repeat(200))],
    ['random bytes', Buffer.from(Array.from({ length: 8192 }, (_, index) => (index * 7919) % 251))],
  ])('is refused and left alone: %s', async (_name, content) => {
    await using rig = await SqliteRig.create()
    const file = join(rig.folder, 'other')
    await writeFile(file, content)
    const error = await refusal(file)
    expect(error).toMatchObject({
      code: 'rollout_store.corrupt',
      params: { reason: { en: 'the file is no database' } },
    })
    expect(error.message).toContain('säkerhetskopia')
    expect(error.message).not.toContain(rig.folder)
    expect(await readFile(file)).toEqual(content)
    expect(await readdir(rig.folder)).toEqual(['other', 'state'])
  })

  it('is refused and left alone when it is the database of another program', async () => {
    await using rig = await SqliteRig.create()
    const file = join(rig.folder, 'other.db')
    const other = new DatabaseSync(file)
    other.exec('create table recipe (name text)')
    other.close()
    const before = await readFile(file)
    expect(await refusal(file)).toMatchObject({ code: 'rollout_store.foreign_file' })
    expect(await readFile(file)).toEqual(before)
  })

  it('is refused when it is a folder, or below a file', async () => {
    await using rig = await SqliteRig.create()
    expect(await refusal(rig.folder)).toMatchObject({ code: 'rollout_store.cannot_open' })
    expect(await refusal(join(rig.file, 'deeper', 'rollout.db'))).toMatchObject({ code: 'rollout_store.cannot_open' })
  })
})

describe('a damaged file', () => {
  it('is refused when it was cut short', async () => {
    await using rig = await aClosedStore()
    await truncate(rig.file, 20_000)
    expect(await refusal(rig.file)).toMatchObject({ code: 'rollout_store.corrupt', retryable: false })
  })

  it('is refused when pages in its middle were overwritten', async () => {
    await using rig = await aClosedStore()
    const content = await readFile(rig.file)
    await writeFile(rig.file, content.fill(0xa5, 8192, 12_288))
    expect(await refusal(rig.file)).toMatchObject({ code: 'rollout_store.corrupt' })
  })

  it('names the event that does not parse, and never returns half a log', async () => {
    await using rig = await aClosedStore()
    const database = new DatabaseSync(rig.file)
    database.exec('drop trigger event_is_never_changed')
    database.exec(`update event set body = '{"at":' where sequence = 7`)
    database.close()
    const store = await rig.openAnother()
    await expect(store.readEvents(0)).rejects.toMatchObject({
      code: 'rollout_store.damaged',
      params: { table: 'event', id: 7 },
    })
    expect(await store.readEvents(7)).toHaveLength(193)
  })

  it('names the event that is missing', async () => {
    await using rig = await aClosedStore()
    const database = new DatabaseSync(rig.file)
    database.exec('drop trigger event_is_never_deleted; delete from event where sequence = 7')
    database.close()
    const store = await rig.openAnother()
    await expect(store.readEvents(0)).rejects.toMatchObject({ params: { table: 'event', id: 7 } })
  })
})

describe('the schema', () => {
  it('is refused, and left alone, when it is newer', async () => {
    await using rig = await aClosedStore()
    const database = new DatabaseSync(rig.file)
    database.exec('pragma user_version = 99')
    database.close()
    const before = await readFile(rig.file)
    expect(await refusal(rig.file)).toMatchObject({
      code: 'rollout_store.newer_schema',
      params: { found: 99, supported: 3 },
      message: expect.stringContaining('Uppgradera'),
    })
    expect(await readFile(rig.file)).toEqual(before)
  })

  it('is brought up to date from its first version, with everything in it', async () => {
    await using rig = await SqliteRig.create()
    const file = join(rig.folder, 'old.db')
    const old = new DatabaseSync(file)
    old.exec(`${SQLITE_MIGRATIONS[0]}; pragma application_id = ${APPLICATION_ID}; pragma user_version = 1`)
    old.prepare('insert into event values (1, ?)').run(JSON.stringify(anEvent()))
    const columns = 'instance, service, implementation, start_ms, end_ms, slot_ms, body'
    const { instance, service, implementation, startMs, endMs, operations } = aWindow()
    const values = [instance, service, implementation, startMs, endMs, slotOf(startMs), JSON.stringify({ operations })]
    old.prepare(`insert into observation_window (${columns}) values (?, ?, ?, ?, ?, ?, ?)`).run(...values)
    old.close()
    const store = await open(file)
    expect(await store.readEvents(0)).toEqual([{ ...anEvent(), sequence: 1 }])
    expect((await store.readWindows({})).windows).toEqual([aWindow()])
    expect(await store.lead('instance-1', 1000)).toBe(true)
    expect(await store.compact(Date.UTC(2025, 1, 1))).toMatchObject({ rolledUp: 1 })
    await store.close()
  })

  it('lets nobody change or delete an event, overwrite one or leave a gap', async () => {
    await using rig = await aClosedStore()
    const database = new DatabaseSync(rig.file)
    for (const [sql, reason] of [
      [`update event set body = '{}' where sequence = 3`, 'never changed'],
      ['delete from event', 'never deleted'],
      [`insert or replace into event values (3, '{}')`, 'one after the other'],
      [`insert into event values (202, '{}')`, 'one after the other'],
    ] as const)
      expect(() => database.exec(sql)).toThrow(reason)
    database.close()
    expect(await (await rig.openAnother()).readEvents(0)).toHaveLength(200)
  })

  it('is made once when several open a new file at the same time', async () => {
    await using rig = await SqliteRig.create()
    const file = join(rig.folder, 'new', 'rollout.db')
    const stores = await Promise.all(Array.from({ length: 5 }, () => open(file)))
    await stores[0]?.append([anEvent()], 0)
    for (const store of stores) expect(await store.readEvents(0)).toHaveLength(1)
    for (const store of stores) await store.close()
  })
})

describe('permissions', () => {
  it('refuses a file that can only be read', async () => {
    await using rig = await aClosedStore()
    await chmod(rig.folder, 0o755)
    await chmod(rig.file, 0o444)
    await chmod(dirname(rig.file), 0o555)
    const error = await withoutPrivileges(() => refusal(rig.file))
    await chmod(dirname(rig.file), 0o755)
    expect(error).toMatchObject({ code: 'rollout_store.read_only', retryable: false })
    expect(error.message).toContain('skrivrätt')
  })

  it('refuses a folder that can only be read', async () => {
    await using rig = await SqliteRig.create()
    const folder = join(rig.folder, 'locked')
    await mkdir(folder)
    await chmod(rig.folder, 0o755)
    await chmod(folder, 0o555)
    const errors = await withoutPrivileges(async () => [
      await refusal(join(folder, 'rollout.db')),
      await refusal(join(folder, 'deeper', 'rollout.db')),
    ])
    await rm(folder, { recursive: true })
    expect(errors).toMatchObject([{ code: 'rollout_store.cannot_open' }, { code: 'rollout_store.cannot_open' }])
  })
})
