import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

import { systemClock } from '@gradvis/kernel'
import { createAuditTrail, createPseudonyms, parseAuditKey, parsePseudonymKeys } from '@gradvis/privacy'
import { openRecordLog } from '@gradvis/rollout-store'
import { beforeEach, describe, expect, it, vi } from 'vitest'

import { run } from '../run.ts'
import { aSession } from '../testing/aSession.ts'
import { ENGLISH, useGradvis } from '../testing/useGradvis.ts'

const secret = () => randomBytes(32).toString('base64url')
const KEYS = `second:${secret()},first:${secret()}`
const KEYED = { GRADVIS_AUDIT_KEY: secret() }
const PSEUDONYMS = { ...ENGLISH, GRADVIS_PSEUDONYM_KEYS: KEYS }

/** Five entries, a minute apart. */
async function record(location: string, key?: string): Promise<void> {
  const log = await openRecordLog(location, { clock: systemClock })
  let minute = 0
  const trail = createAuditTrail({
    log,
    clock: { ...systemClock, now: () => Date.UTC(2025, 0, 10, 8, ++minute) },
    pseudonyms: createPseudonyms({ keys: parsePseudonymKeys(KEYS) }),
    key: parseAuditKey(key),
  })
  for (const subject of ['user-1', 'user-2', 'user-1', 'user-2', 'user-1'])
    await trail.record({
      action: 'BackupService.createBackup',
      service: 'BackupService',
      implementation: 'legacy',
      outcome: 'ok',
      subject,
    })
  await log.close()
}

describe('gradvis audit', { timeout: 60_000 }, () => {
  const { store, gradvis, json } = useGradvis()
  beforeEach(() => record(store().location))

  const tamper = (...statements: readonly string[]) => {
    const database = new DatabaseSync(store().location)
    for (const sql of statements) database.exec(sql)
    database.close()
  }
  const broken = 'drop trigger record_is_never_deleted; delete from record where sequence = 3'

  describe('verify', () => {
    it('says that the trail holds, where it ends, and what only that shows', async () => {
      const { code, stdout } = await gradvis(['audit', 'verify'])
      expect({ code }).toEqual({ code: 0 })
      expect(stdout).toContain('5 entries (1–5): nothing was removed, changed or moved.')
      expect(stdout).toMatch(/Checkpoint: 5:[0-9a-f]{64}\n/)
      expect(stdout).toContain('older copy')
      expect(stdout).toContain('GRADVIS_AUDIT_KEY')
      expect((await gradvis(['audit', 'verify'], {})).stdout).toContain('5 poster (1–5): ingenting är borttaget')
    })

    it('accepts the checkpoint that it gave, also when the trail has grown', async () => {
      const before = await json('audit', 'verify')
      expect(before).toMatchObject({ valid: true, first: 1, entries: 5, erased: 0, checkpoint: { sequence: 5 } })
      const { sequence, hash } = before['checkpoint'] as { sequence: number; hash: string }
      await record(store().location)
      const { code, stdout } = await gradvis(['audit', 'verify', '--checkpoint', `${sequence}:${hash}`])
      expect({ code }).toEqual({ code: 0 })
      expect(stdout).not.toContain('older copy')
      const other = `4:${hash}`
      const refused = await gradvis(['audit', 'verify', '--checkpoint', other])
      expect(refused).toMatchObject({ code: 6 })
      expect(refused.stdout).toContain('Broken at entry 4: the chain up to it holds together but is not the one')
    })

    it('ends with 6 and names the first entry that is broken', async () => {
      tamper(broken)
      const { code, stdout } = await gradvis(['audit', 'verify'])
      expect({ code }).toEqual({ code: 6 })
      expect(stdout).toContain('Broken at entry 3: it was removed.\n2 entries before it hold; ')
      const swedish = await gradvis(['audit', 'verify'], {})
      expect(swedish.stdout).toContain('Bruten vid post 3: den är borttagen.\n2 poster före den håller; ')
      const machine = await gradvis(['audit', 'verify', '--json'])
      expect(machine.code).toBe(6)
      expect(JSON.parse(machine.stdout)).toMatchObject({ valid: false, broken: { sequence: 3, kind: 'removed' } })
    })

    it('needs the key that the trail is chained with', async () => {
      const at = join(store().folder, 'keyed.db')
      await record(at, KEYED.GRADVIS_AUDIT_KEY)
      const verify = ['audit', 'verify', '--store', at]
      const { code, stdout } = await gradvis(verify, { ...ENGLISH, ...KEYED })
      expect({ code }).toEqual({ code: 0 })
      expect(stdout).not.toContain('has no key')
      expect(await gradvis(verify)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('audit.key_needed') as string,
      })
      const wrong = await gradvis(verify, { ...ENGLISH, GRADVIS_AUDIT_KEY: secret() })
      expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('audit.wrong_key') as string })
      const short = await gradvis(verify, { ...ENGLISH, GRADVIS_AUDIT_KEY: 'short' })
      expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('audit.invalid_key') as string })
    })

    it('finds an empty trail to be one', async () => {
      const at = join(store().folder, 'empty.db')
      await (await openRecordLog(at, { clock: systemClock })).close()
      expect(await gradvis(['audit', 'verify', '--store', at])).toMatchObject({
        code: 0,
        stdout: 'The audit trail is empty.\n',
      })
    })

    it.each([
      [['audit'], 'All commands: gradvis audit --help'],
      [['audit', 'bogus'], 'There is no command "bogus"'],
      [['audit', 'verfiy'], 'Did you mean verify?'],
      [['audit', 'verify', '--wacth'], 'All options: gradvis audit verify --help'],
      [['audit', 'verify', '--checkpoint', '5'], '--checkpoint: must be a checkpoint'],
      [['audit', 'verify', '--file', 'x', '--store', 'y'], 'does not go together with --file'],
      [['audit', 'export', '--since', 'yesterday'], '--since: must be a date or an instant'],
      [['audit', 'export', '--since', '2025-02-31T25:00Z'], '--since: must be a date or an instant'],
      [['audit', 'erase'], 'argument <subject> is missing'],
      [['audit', 'erase', 'user-1'], 'needs to be confirmed'],
      [['audit', 'erase', 'user-1', '--yes'], 'audit.missing_pseudonym_keys'],
    ])('ends with 2 for %j', async (args, said) => {
      const { session, stdout, stderr } = aSession({ env: { GRADVIS_STORE: store().location } })
      expect({ code: await run(args, session), stdout: stdout() }).toEqual({ code: 2, stdout: '' })
      expect(stderr()).toContain(said)
    })

    it('ends with 4 where there is no store', async () => {
      const at = join(store().folder, 'missing.db')
      for (const args of [['verify'], ['export'], ['erase', 'user-1', '--yes']])
        expect((await gradvis(['audit', ...args, '--store', at], PSEUDONYMS)).code).toBe(4)
    })
  })

  describe('export', () => {
    const exported = async (...options: readonly string[]) => {
      const { stdout, code } = await gradvis(['audit', 'export', ...options])
      expect(code).toBe(0)
      const file = join(store().folder, 'audit.jsonl')
      writeFileSync(file, stdout)
      return { file, lines: stdout.trim().split('\n') }
    }

    it('writes one entry per line, which verify accepts from a file', async () => {
      const { file, lines } = await exported()
      expect(lines.map((line) => (JSON.parse(line) as { sequence: number }).sequence)).toEqual([1, 2, 3, 4, 5])
      expect(JSON.parse(lines[0] ?? '')).toMatchObject({
        action: 'BackupService.createBackup',
        outcome: 'ok',
        previous: '',
      })
      expect(lines.join('')).not.toContain('user-1')
      const { code, stdout } = await gradvis(['audit', 'verify', '--file', file])
      expect({ code }).toEqual({ code: 0 })
      expect(stdout).toContain('5 entries (1–5)')
      writeFileSync(
        file,
        `\uFEFF${lines
          .with(1, lines[2] ?? '')
          .with(2, lines[1] ?? '')
          .join('\r\n')}\r\n`,
      )
      const swapped = await gradvis(['audit', 'verify', '--file', file])
      expect(swapped).toMatchObject({ code: 6 })
      expect(swapped.stdout).toContain('Broken at entry 2: it was moved')
    })

    it('writes a part, which verify names as one', async () => {
      const { file, lines } = await exported('--since', '2025-01-10T08:03Z')
      expect(lines).toHaveLength(3)
      expect((await gradvis(['audit', 'verify', '--file', file])).stdout).toContain('entries 1–2 are not in the file')
      expect((await exported('--since', '2025-01-11')).lines).toEqual([''])
      expect((await exported('--since', '2025-01-10')).lines).toHaveLength(5)
    })

    it('is refused as a file that holds nothing, is none, or is something else', async () => {
      const file = join(store().folder, 'some.jsonl')
      writeFileSync(file, '\n')
      const verify = ['audit', 'verify', '--file', file]
      expect(await gradvis(verify)).toMatchObject({
        code: 2,
        stderr: expect.stringContaining('cli.empty_audit_file') as string,
      })
      writeFileSync(file, '\n{"event":{}}\n')
      expect(await gradvis(verify)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('Line 2 is no entry') as string,
      })
      const missing = await gradvis(['audit', 'verify', '--file', join(store().folder, 'none.jsonl')])
      expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('cli.unreadable_file') as string })
    })
  })

  describe('erase', () => {
    it('erases a person, under every key, and leaves a valid chain', async () => {
      const erase = ['audit', 'erase', 'user-1', '--yes']
      const { code, stdout } = await gradvis(erase, PSEUDONYMS)
      expect({ code, stdout }).toEqual({ code: 0, stdout: 'Erased from 3 entries: 1,3,5\n' })
      const again = await gradvis(erase, PSEUDONYMS)
      expect(again).toMatchObject({
        code: 0,
        stdout: expect.stringContaining('any of the keys second, first') as string,
      })
      expect(await json('audit', 'verify')).toMatchObject({ valid: true, entries: 6, erased: 3 })
      expect((await gradvis(['audit', 'verify'])).stdout).toContain('3 of them lost their personal data')
      const { stdout: whole } = await gradvis(['audit', 'export'])
      expect(whole.match(/"subject"/g)).toHaveLength(2)
    })

    it('asks first, and does nothing after any answer but yes', async () => {
      const answered = async (answer: string) => {
        const terminal = aSession({ isTerminal: true, env: { GRADVIS_PSEUDONYM_KEYS: KEYS } })
        const running = run(['audit', 'erase', 'user-2', '--store', store().location], terminal.session)
        await vi.waitFor(() => expect(terminal.stderr()).toContain('[y/N]'))
        terminal.stdin.write(answer)
        return { code: await running, stdout: terminal.stdout() }
      }
      expect((await answered('\n')).code).toBe(1)
      expect(await json('audit', 'verify')).toMatchObject({ entries: 5 })
      expect(await answered('y\n')).toEqual({ code: 0, stdout: 'Erased from 2 entries: 2,4\n' })
      expect(await json('audit', 'verify')).toMatchObject({ entries: 6, erased: 2 })
    })

    it('says which key cannot be used, and repeats nothing of it', async () => {
      const env = { ...ENGLISH, GRADVIS_PSEUDONYM_KEYS: `${KEYS},third:hemlig` }
      const { code, stderr } = await gradvis(['audit', 'erase', 'user-1', '--yes'], env)
      expect({ code }).toEqual({ code: 2 })
      expect(stderr).toContain('Key number 3 in GRADVIS_PSEUDONYM_KEYS')
      expect(stderr).not.toContain('hemlig')
    })
  })

  it('is explained by --help, as a group and command by command', async () => {
    const group = await gradvis(['audit', '--help'])
    expect(group.code).toBe(0)
    for (const name of ['verify', 'export', 'erase <subject>']) expect(group.stdout).toContain(`  ${name}`)
    expect((await gradvis(['audit', 'erase', '--help'])).stdout).toContain('gradvis audit erase <subject> [options]')
    expect((await gradvis(['help', 'audit'], {})).stdout).toContain('granskningsloggen')
  })
})
