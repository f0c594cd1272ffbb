import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync } from 'node:fs'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { text } from 'node:stream/consumers'

import { describe, expect, it } from 'vitest'

import { generateRecords, subjectKey } from './database/generateRecords.ts'
import { ProtokollDatabase } from './database/ProtokollDatabase.ts'
import type { Report } from './demonstration/Report.ts'

const MAIN = join(dirname(fileURLToPath(import.meta.url)), 'main.ts')

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const inherited = { PATH: process.env['PATH'] ?? '' }
  const child = spawn(process.execPath, ['--conditions=@gradvis/source', MAIN, ...args], {
    env: { ...inherited, ...env },
  })
  const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')])
  return { stdout, stderr, code: code as number }
}

async function report(args: readonly string[], env: Record<string, string> = {}): Promise<Report> {
  const { stdout, stderr, code } = await run(['--once', '--json', '--subjects', '20', ...args], env)
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as Report
}

function subjectsOf({ services }: Report) {
  return Object.fromEntries(
    Object.entries(services).map(([name, { legacy, migrated }]) => [name, [legacy.subjects, migrated.subjects]]),
  )
}

function faultsOf({ services }: Report): number {
  return Object.values(services).reduce((sum, { legacy, migrated }) => sum + legacy.faults + migrated.faults, 0)
}

describe('npm start -- --once', { timeout: 120_000 }, () => {
  it('does its job in three phases at once, without a fault', async () => {
    const result = await report(['--now', '2025-01-16T00:00:00Z'])
    expect(result.services['BackupService']).toMatchObject({
      migrated: { subjects: 20, operations: 60 },
      legacy: { subjects: 0, operations: 0 },
      reasons: { SPLIT: 20 },
    })
    expect(result.services['NetworkConnectivityService']?.legacy.subjects).toBeGreaterThan(0)
    expect(result.services['NetworkConnectivityService']?.migrated.subjects).toBeGreaterThan(0)
    expect(result.services['WebRTCPeerService']?.legacy.subjects).toBeGreaterThan(10)
    expect(faultsOf(result)).toBe(0)
  })

  it('is all legacy under FORCE_LEGACY_SERVICES, at any date', async () => {
    const result = await report(['--now', '2026-01-01T00:00:00Z'], { FORCE_LEGACY_SERVICES: 'true' })
    expect(subjectsOf(result)).toEqual({
      BackupService: [20, 0],
      NetworkConnectivityService: [20, 0],
      WebRTCPeerService: [20, 0],
    })
    expect(faultsOf(result)).toBe(0)
  })

  it('is all migrated in development, but for a service whose variable says false', async () => {
    const result = await report([], { NODE_ENV: 'development', USE_MIGRATED_BACKUP_SERVICE: 'false' })
    expect(subjectsOf(result)).toEqual({
      BackupService: [20, 0],
      NetworkConnectivityService: [0, 20],
      WebRTCPeerService: [0, 20],
    })
    expect(faultsOf(result)).toBe(0)
  })

  it('prints a table for people', async () => {
    const { stdout, code } = await run(['--once', '--subjects', '2'], { LANG: 'en_US.UTF-8' })
    expect(code).toBe(0)
    expect(stdout).toMatch(/service\s+side\s+subjects\s+operations\s+faults\s+median ms\s+reasons/)
    expect(stdout).toMatch(/BackupService\s+legacy\s+0/)
  })
})

describe('Ctrl+C during the demonstration', { timeout: 60_000 }, () => {
  async function interrupted(args: readonly string[], folder: string) {
    const child = spawn(process.execPath, ['--conditions=@gradvis/source', MAIN, '--once', '--json', ...args], {
      env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder },
    })
    const output = [text(child.stdout), text(child.stderr), once(child, 'exit')] as const
    // In the middle of it: the first backups are there.
    await expect.poll(() => globSync('*/backups/**/*.*', { cwd: folder }).length > 0, { timeout: 20_000 }).toBe(true)
    child.kill('SIGINT')
    const [stdout, stderr, [code]] = await Promise.all(output)
    return { stdout, stderr, code: code as number | null }
  }

  it('leaves no folder behind, prints nothing on stdout, and exits as shells expect', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'protokoll-test-'))
    expect(await interrupted([], folder)).toMatchObject({ code: 130, stdout: '' })
    expect(await readdir(folder)).toEqual([])
    await rm(folder, { recursive: true })
  })

  it('leaves every subject with its records, and the next run takes the folder as it is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'protokoll-test-'))
    const data = join(folder, 'data')
    await interrupted(['--data', data], folder)
    {
      using database = new ProtokollDatabase(join(data, 'protokoll.db'))
      const lost = Array.from({ length: 200 }, (_none, index) => subjectKey(index)).filter(
        (subject) => database.records(subject).length !== generateRecords(subject).length,
      )
      expect(lost).toEqual([])
    }
    expect(faultsOf(await report(['--data', data]))).toBe(0)
    await rm(folder, { recursive: true })
  })
})

describe('npm start -- --accelerate', { timeout: 60_000 }, () => {
  it('says what happens as it happens, and leaves nothing behind at Ctrl+C', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'protokoll-test-'))
    const args = ['--conditions=@gradvis/source', MAIN, '--accelerate', '8640', '--json', '--port', '0']
    const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder } })
    const output = [text(child.stderr), once(child, 'exit')] as const
    const lines: { kind: string; event: { type: string } }[] = []
    for await (const line of createInterface(child.stdout)) {
      lines.push(JSON.parse(line) as (typeof lines)[number])
      if (lines.at(-1)?.event.type === 'phase_entered') child.kill('SIGINT')
    }
    const [stderr, [code]] = await Promise.all(output)
    expect([stderr, code]).toEqual(['', 130])
    expect(lines.map(({ kind, event }) => [kind, event.type]).slice(0, 2)).toEqual([
      ['event', 'plan_adopted'],
      ['event', 'phase_entered'],
    ])
    expect(await readdir(folder)).toEqual([])
    await rm(folder, { recursive: true })
  })
})

describe('npm start -- --accelerate into a pipe that closes', { timeout: 60_000 }, () => {
  it('ends and leaves nothing behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'protokoll-test-'))
    const args = ['--conditions=@gradvis/source', MAIN, '--accelerate', '8640', '--port', '0']
    const child = spawn(process.execPath, args, { env: { PATH: process.env['PATH'] ?? '', TMPDIR: folder } })
    const exit = once(child, 'exit')
    await once(child.stdout, 'data')
    child.stdout.destroy()
    expect(await exit).toEqual([141, null])
    expect(await readdir(folder)).toEqual([])
    await rm(folder, { recursive: true })
  })
})

describe('npm start -- --store', { timeout: 60_000 }, () => {
  it('lets the engine decide on the production plan, and takes the log up again', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'protokoll-test-'))
    const args = ['--store', join(folder, 'rollout.db'), '--now', '2025-01-10T08:00:00Z']
    const first = await report(args)
    // The engine enters no phase before its time, and only the first one of those whose time has come.
    expect(subjectsOf(first)['NetworkConnectivityService']).toEqual([20, 0])
    expect(subjectsOf(first)['BackupService']?.[0]).toBeLessThan(20)
    const second = await report(['--store', join(folder, 'rollout.db'), '--now', '2025-01-15T08:00:00Z'])
    expect(subjectsOf(second)['BackupService']).toEqual(subjectsOf(first)['BackupService'])
    await rm(folder, { recursive: true })
  })
})

describe('a wrong start', { timeout: 60_000 }, () => {
  it.each([
    ['sv_SE.UTF-8', 'USE_MIGRATED_BACKUP_SERVICE', 'maybe', /godtas|godtagna|accepteras/i],
    ['en_US.UTF-8', 'USE_MIGRATED_BACKUP_SERVICE', 'maybe', /accepted/i],
    ['sv_SE.UTF-8', 'USE_MIGRATED_BAKUP_SERVICE', 'true', /USE_MIGRATED_BACKUP_SERVICE/],
    ['en_US.UTF-8', 'USE_MIGRATED_BAKUP_SERVICE', 'true', /USE_MIGRATED_BACKUP_SERVICE/],
  ])('under LANG=%s names %s and its value, and exits with 2', async (LANG, name, value, accepted) => {
    const { stdout, stderr, code } = await run(['--once'], { LANG, [name]: value })
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(name)
    expect(stderr).toContain(value)
    expect(stderr).toMatch(accepted)
  })

  it.each(['GRADVIS_PSEUDONYM_KEYS', 'GRADVIS_AUDIT_KEY'])(
    'names %s, repeats nothing of it, and exits with 2',
    async (name) => {
      const { stdout, stderr, code } = await run(['--once'], { [name]: 'k1:abc' })
      expect([stdout, code]).toEqual(['', 2])
      expect(stderr).toContain(name)
      expect(stderr).not.toContain('abc')
    },
  )

  it('exits with 2 and shows the usage for a wrong argument', async () => {
    const swedish = await run(['--now', 'tomorrow'])
    expect(swedish.code).toBe(2)
    expect(swedish.stderr).toMatch(/--now: ska vara en tidpunkt i UTC[\s\S]*Användning: npm start/)
    const english = await run(['--now', 'tomorrow'], { LANG: 'en_US.UTF-8' })
    expect(english.stderr).toMatch(/--now: must be a UTC instant[\s\S]*Usage: npm start/)
  })

  it.each([
    ['sv_SE.UTF-8', /Välj en annan port/],
    ['en_US.UTF-8', /Choose another port/],
  ])('under LANG=%s says which port is taken and exits with 1', async (LANG, advice) => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    const { stdout, stderr, code } = await run(['--json', '--subjects', '2', '--port', String(port)], { LANG })
    other.close()
    expect([stdout, code]).toEqual(['', 1])
    expect(stderr).toContain(String(port))
    expect(stderr).toMatch(advice)
  })

  it('says which folder cannot be used, without a stack', async () => {
    const { stderr, code } = await run(['--once', '--data', MAIN], { LANG: 'en_US.UTF-8' })
    expect(code).toBe(1)
    expect(stderr).toContain(MAIN)
    expect(stderr).toMatch(/Choose another folder with --data/)
    expect(stderr).not.toMatch(/\n\s+at /)
  })

  it('prints its usage on demand', async () => {
    expect(await run(['--help'])).toMatchObject({ code: 0, stdout: expect.stringContaining('--once') as string })
  })
})
