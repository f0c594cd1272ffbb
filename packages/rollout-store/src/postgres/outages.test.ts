import { createServer } from 'node:net'
import { inspect } from 'node:util'

import { silentLogger, systemClock } from '@gradvis/kernel'
import { RecordingLogger } from '@gradvis/kernel/testing'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { anEvent } from '../testing/anEvent.ts'
import { PostgresRig } from '../testing/PostgresRig.ts'
import { StallingProxy } from '../testing/StallingProxy.ts'
import { type PostgresServer, startPostgres } from '../testing/startPostgres.ts'
import { openPostgresStore } from './openPostgresStore.ts'
import { PostgresConnections } from './PostgresConnections.ts'
import { PostgresStore } from './PostgresStore.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

/** Backoff without long waits. */
const impatient = { clock: systemClock, logger: silentLogger, random: () => 0.02 }
const timeouts = { connectMs: 300, statementMs: 300, queryMs: 400 }
const unavailable = { code: 'rollout_store.unavailable', retryable: true }

function withUser(url: string, user: string, password: string): string {
  return Object.assign(new URL(url), { username: user, password }).href
}

describe('while PostgreSQL is away', () => {
  it('rejects, and works again with the same store once it is back, and says so to listeners', async () => {
    await using rig = await PostgresRig.create(server)
    const store = await rig.openAnother(impatient)
    const listener = vi.fn<() => void>()
    store.subscribe(listener)
    await store.append([anEvent()], 0)
    await server.halt()
    await expect(store.readEvents(0)).rejects.toMatchObject(unavailable)
    await expect(store.append([anEvent()], 1)).rejects.toMatchObject(unavailable)
    await expect(store.writeWindows([])).rejects.toMatchObject(unavailable)
    listener.mockClear()
    await server.resume()
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 10_000 })
    expect(await store.readEvents(0)).toHaveLength(1)
    await store.append([anEvent()], 1)
  })

  it('opens all the same, and works once it is there', async () => {
    await using rig = await PostgresRig.create(server)
    await server.halt()
    const store = await rig.openAnother(impatient)
    await expect(store.readEvents(0)).rejects.toMatchObject(unavailable)
    await server.resume()
    expect(await store.append([anEvent()], 0)).toHaveLength(1)
  })

  it('says so once, without address or password', async () => {
    await using rig = await PostgresRig.create(server)
    const logger = new RecordingLogger()
    await server.halt()
    const store = await rig.openAnother({ ...impatient, logger })
    store.subscribe(() => {})
    const error: unknown = await store.readEvents(0).catch((error: unknown) => error)
    await vi.waitFor(() => expect(logger.lines).toHaveLength(1))
    await server.resume()
    const { password } = new URL(rig.url)
    for (const said of [error, logger.lines, store.description]) {
      expect(inspect(said, { depth: 20, showHidden: true })).not.toContain(password)
      expect(inspect(said, { depth: 20 })).not.toContain('postgres://')
    }
  })
})

describe('a connection that is lost', () => {
  it('is replaced, and listeners hear that they may have missed something', async () => {
    await using rig = await PostgresRig.create(server)
    const store = await rig.openAnother(impatient)
    await store.readEvents(0)
    const listener = vi.fn<() => void>()
    store.subscribe(listener)
    await vi.waitFor(() => expect(listener).toHaveBeenCalled())
    listener.mockClear()
    await rig.query(`select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %'`)
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 5000 })
  })

  it('is made up for by polling when a notification does not come', async () => {
    await using rig = await PostgresRig.create(server)
    await rig.store.append([anEvent()], 0)
    const listener = vi.fn<() => void>()
    rig.store.subscribe(listener)
    await vi.waitFor(() => expect(listener).toHaveBeenCalled())
    listener.mockClear()
    await rig.query(`insert into gradvis.event select 2, body from gradvis.event`)
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 5000 })
  })
})

describe('a server that does not answer', () => {
  it('rejects a connection, instead of hanging', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    await vi.waitFor(() => expect(silent.address()).not.toBeNull())
    const { port } = silent.address() as { port: number }
    const connections = new PostgresConnections(`postgres://u:p@127.0.0.1:${port}/d`, 'test', timeouts)
    const store = new PostgresStore(connections, impatient)
    await expect(store.readEvents(0)).rejects.toMatchObject({
      ...unavailable,
      params: { reason: { en: 'no answer in time' } },
    })
    await store.close()
    silent.close()
  })

  it('rejects a query, and uses another connection for the next one', async () => {
    await using rig = await PostgresRig.create(server)
    await using proxy = await StallingProxy.to(server.port)
    const store = new PostgresStore(new PostgresConnections(proxy.redirect(rig.url), 'test', timeouts), impatient)
    await store.append([anEvent()], 0)
    proxy.stall()
    await expect(store.readEvents(0)).rejects.toMatchObject({
      ...unavailable,
      params: { reason: { en: 'no answer in time' } },
    })
    proxy.flow()
    expect(await store.readEvents(0)).toHaveLength(1)
    await store.close()
  })

  it('is not waited for by a caller who gives up', async () => {
    await using rig = await PostgresRig.create(server)
    await using proxy = await StallingProxy.to(server.port)
    const store = new PostgresStore(new PostgresConnections(proxy.redirect(rig.url), 'test', timeouts), impatient)
    await store.readEvents(0)
    proxy.stall()
    const giveUp = new AbortController()
    const reading = store.readEvents(0, giveUp.signal)
    const reason = new Error('gave up')
    giveUp.abort(reason)
    await expect(reading).rejects.toBe(reason)
    proxy.flow()
    await store.close()
  })
})

describe('a login that is refused', () => {
  it('is tried again for ever, and works as soon as the password is right', async () => {
    await using rig = await PostgresRig.create(server)
    await rig.store.append([anEvent()], 0)
    await rig.query(`create role late_1 login superuser password 'another'`)
    const store = await openPostgresStore(withUser(rig.url, 'late_1', 'secret-word'), impatient)
    const listener = vi.fn<() => void>()
    store.subscribe(listener)
    const error: unknown = await store.readEvents(0).catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'rollout_store.denied', params: { reason: '28P01' }, retryable: true })
    expect(inspect(error, { depth: 20, showHidden: true })).not.toContain('secret-word')
    expect(listener).not.toHaveBeenCalled()
    await rig.query(`alter role late_1 password 'secret-word'`)
    await vi.waitFor(() => expect(listener).toHaveBeenCalled(), { timeout: 10_000 })
    expect(await store.readEvents(0)).toHaveLength(1)
    await store.close()
  })

  it('says so when the database is missing, or no password was given', async () => {
    await using rig = await PostgresRig.create(server)
    const missing = Object.assign(new URL(rig.url), { pathname: '/nowhere' }).href
    for (const url of [missing, withUser(rig.url, 'postgres', '')]) {
      const store = await openPostgresStore(url, impatient)
      await expect(store.readEvents(0)).rejects.toMatchObject({ code: 'rollout_store.denied' })
      await store.close()
    }
  })
})
