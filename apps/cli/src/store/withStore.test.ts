import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { type PostgresServer, startPostgres } from '@gradvis/rollout-store/testing'

import { runProcess } from '../testing/runProcess.ts'
import { seedStore, type SeededStore } from '../testing/seedStore.ts'
import { ENGLISH } from '../testing/useGradvis.ts'

describe('a fleet’s store in PostgreSQL', { timeout: 60_000 }, () => {
  let server: PostgresServer
  let seeded: SeededStore
  beforeAll(async () => {
    server = await startPostgres()
    seeded = await seedStore({ at: await server.createDatabase() })
  })
  afterAll(async () => {
    await seeded.remove()
    await server.stop()
  })
  const gradvis = (...args: readonly string[]) =>
    runProcess(args, { ...ENGLISH, GRADVIS_STORE: seeded.location, GRADVIS_ACTOR: 'anna' })

  it('is read and changed like an embedded one, and never shows its password', async () => {
    const changed = await gradvis('promote', 'backup', '--yes', '--reason', 'ready')
    expect(changed, changed.stderr).toMatchObject({ code: 0 })
    expect(changed.stdout).toMatch(/#2 .* anna {2}BackupService enters phase initial at 10%\. “ready”/)
    const status = await gradvis('status')
    expect(status.stdout).toMatch(/BackupService\s+initial\s+10%/)
    expect(status.stdout).not.toContain(new URL(seeded.location).password)
    expect((await gradvis('resume', 'backup', '--yes')).code).toBe(3)
  })

  it('ends with 4 while the server is down, in bounded time, without its password', async () => {
    await server.halt()
    try {
      const { code, stderr, stdout } = await gradvis('status')
      expect({ code, stdout }).toEqual({ code: 4, stdout: '' })
      expect(stderr).toMatch(/\((cli\.store_unreachable|rollout_store\.\w+)\)/)
      expect(stderr).not.toContain(new URL(seeded.location).password)
    } finally {
      await server.resume()
    }
  })
})
