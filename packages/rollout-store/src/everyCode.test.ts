import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rmdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'

import { silentLogger, systemClock } from '@gradvis/kernel'
import { messageProblems } from '@gradvis/kernel/testing'
import type { NewEvent } from '@gradvis/rollout'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { openRolloutStore } from './openRolloutStore.ts'
import { openPostgresStore } from './postgres/openPostgresStore.ts'
import { rolloutStoreErrors } from './rolloutStoreErrors.ts'
import { openSqliteStore } from './sqlite/openSqliteStore.ts'
import { anEvent } from './testing/anEvent.ts'
import { aWindow } from './testing/aWindow.ts'
import { PostgresRig } from './testing/PostgresRig.ts'
import { SqliteRig } from './testing/SqliteRig.ts'
import { type PostgresServer, startPostgres } from './testing/startPostgres.ts'
import { withoutPrivileges } from './testing/withoutPrivileges.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

const run = promisify(execFile)
const options = { clock: systemClock, logger: silentLogger }
const impatient = { ...options, random: () => 0.02 }
const shapeless = anEvent({ event: { type: 'dance' } as unknown as NewEvent['event'] })

async function onPostgres(url: string): Promise<unknown> {
  const store = await openPostgresStore(url, impatient)
  return store.readEvents(0).finally(() => void store.close())
}

/** Past the store, on its file. */
function tamper({ file }: SqliteRig, sql: string): void {
  const database = new DatabaseSync(file)
  database.exec(sql)
  database.close()
}

type Case = (rig: SqliteRig) => unknown

const CASES: Readonly<Record<string, Case>> = {
  'rollout_store.invalid_location': () => openRolloutStore('ftp://depot.test/', options),
  'rollout_store.unavailable': () => onPostgres('postgres://nobody@127.0.0.1:1/none'),
  'rollout_store.denied': async () => {
    await using rig = await PostgresRig.create(server)
    return await onPostgres(Object.assign(new URL(rig.url), { username: 'postgres', password: '' }).href)
  },
  'rollout_store.read_only': async (rig) => {
    await rig.store.close()
    await chmod(rig.folder, 0o755)
    await chmod(rig.file, 0o444)
    await chmod(dirname(rig.file), 0o555)
    return withoutPrivileges(() => openSqliteStore(rig.file, options)).finally(
      () => void chmod(dirname(rig.file), 0o755),
    )
  },
  'rollout_store.cannot_open': (rig) => openSqliteStore(rig.folder, options),
  'rollout_store.corrupt': async (rig) => {
    const file = join(rig.folder, 'other')
    await writeFile(file, 'not a database, but rather long\n'.repeat(200))
    return openSqliteStore(file, options)
  },
  'rollout_store.foreign_file': (rig) => {
    const file = join(rig.folder, 'other.db')
    const other = new DatabaseSync(file)
    other.exec('create table recipe (name text)')
    other.close()
    return openSqliteStore(file, options)
  },
  'rollout_store.newer_schema': async (rig) => {
    await rig.store.close()
    tamper(rig, 'pragma user_version = 99')
    return openSqliteStore(rig.file, options)
  },
  'rollout_store.full': async (rig) => {
    const folder = join(rig.folder, 'small')
    await mkdir(folder)
    await run('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', folder])
    try {
      const store = await openSqliteStore(join(folder, 'rollout.db'), options)
      const events = Array.from({ length: 5_000 }, () => anEvent())
      const [outcome] = await Promise.allSettled([store.append(events, 0)])
      await store.close()
      if (outcome.status === 'rejected') throw outcome.reason
    } finally {
      await run('umount', [folder])
    }
  },
  'rollout_store.busy': async (rig) => {
    const other = new DatabaseSync(rig.file)
    other.exec('begin immediate')
    return rig.store.append([anEvent()], 0).finally(() => other.close())
  },
  'rollout_store.damaged': async (rig) => {
    await rig.store.append([anEvent()], 0)
    tamper(rig, `drop trigger event_is_never_changed; update event set body = '{"at":'`)
    return rig.store.readEvents(0)
  },
  'rollout_store.sequence_gap': ({ store }) => store.append([anEvent()], 7),
  'rollout_store.invalid_event': ({ store }) => store.append([shapeless], 0),
  'rollout_store.clock_ahead': ({ store }) => store.append([anEvent({ at: Date.now() + 3_600_000 })], 0),
  'rollout_store.invalid_window': ({ store }) => store.writeWindows([aWindow({ instance: '' })]),
  'rollout_store.failed': (rig) => {
    tamper(rig, 'drop table observation_window')
    return rig.store.writeWindows([aWindow()])
  },
  'rollout_store.closed': async ({ store }) => {
    await store.close()
    return store.readEvents(0)
  },
}

describe('every code of the rollout store, provoked', () => {
  it.for(Object.keys(rolloutStoreErrors.catalog))('%s is told well in both languages', async (code, { skip }) => {
    skip(code === 'rollout_store.full' && !(await canMount()), 'mounting a small disk needs root and Linux')
    await using rig = await SqliteRig.create()
    const provoke = CASES[code]
    expect(await messageProblems(code, provoke && (() => provoke(rig)), rolloutStoreErrors.catalog)).toEqual([])
  })
})

async function canMount(): Promise<boolean> {
  const place = await mkdtemp(join(tmpdir(), 'gradvis-mount-'))
  try {
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place])
    await run('umount', [place])
    return true
  } catch {
    return false
  } finally {
    await rmdir(place)
  }
}
