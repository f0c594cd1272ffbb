import { ManualClock, messageProblems, type Provocation } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { auditErrors } from './audit/auditErrors.ts'
import { createAuditTrail, type AuditTrailOptions } from './audit/createAuditTrail.ts'
import { parseAuditKey } from './audit/parseAuditKey.ts'
import { parsePseudonymKeys } from './audit/parsePseudonymKeys.ts'
import { TrailVerifier } from './audit/TrailVerifier.ts'
import { verifyExport } from './audit/verifyExport.ts'
import { privacyErrors } from './privacyErrors.ts'
import { createPseudonyms } from './pseudonyms/createPseudonyms.ts'
import { InMemoryRecordLog, namedPseudonyms } from './testing/index.ts'

const record = {
  action: 'BackupService.createBackup',
  service: 'BackupService',
  implementation: 'migrated',
  outcome: 'ok',
  subject: 'subject-1',
} as const

const trailOf = (options: Partial<AuditTrailOptions> = {}) =>
  createAuditTrail({ log: new InMemoryRecordLog(), pseudonyms: namedPseudonyms, clock: new ManualClock(), ...options })

const secret = (byte: number) => new Uint8Array(32).fill(byte)

/** A log with one entry, chained with this key. */
async function logChainedWith(key?: Uint8Array): Promise<InMemoryRecordLog> {
  const log = new InMemoryRecordLog()
  await trailOf({ log, key }).record(record)
  return log
}

async function* linesOf(...lines: readonly string[]) {
  yield* lines
}

const CASES: Readonly<Record<string, Provocation>> = {
  'audit.unwritable': () => {
    const log = new InMemoryRecordLog()
    log.append = () => Promise.reject(new Error('a defect'))
    return trailOf({ log }).record(record)
  },
  'audit.overloaded': async () => {
    const trail = trailOf({ maxWaiting: 1 })
    const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => trail.record(record)))
    const refused = outcomes.find((outcome) => outcome.status === 'rejected')
    if (refused) throw refused.reason
  },
  'audit.closed': async () => {
    const trail = trailOf()
    await trail.close()
    return trail.record(record)
  },
  'audit.key_needed': async () => trailOf({ log: await logChainedWith(secret(1)) }).record(record),
  'audit.wrong_key': async () => trailOf({ log: await logChainedWith(secret(1)), key: secret(2) }).record(record),
  'audit.invalid_key': () => parseAuditKey('short'),
  'audit.invalid_pseudonym_keys': () => parsePseudonymKeys('one:short'),
  'audit.invalid_line': () => verifyExport(linesOf('{"a": 1}')),
  'audit.checkpoint_before': () =>
    new TrailVerifier({ checkpoint: { sequence: 1, hash: 'x' } }, { sequence: 5, hash: 'y' }),
  'privacy.no_pseudonym_key': () => createPseudonyms({ keys: [] }),
  'privacy.invalid_key_id': () => createPseudonyms({ keys: [{ id: 'NO ID', secret: secret(1) }] }),
  'privacy.weak_pseudonym_key': () => createPseudonyms({ keys: [{ id: 'one', secret: new Uint8Array(8) }] }),
}

/** Thrown by the command line, whose own test provokes it. */
const THROWN_ELSEWHERE = new Set(['audit.missing_pseudonym_keys'])

const CATALOG = { ...auditErrors.catalog, ...privacyErrors.catalog }
const CODES = Object.keys(CATALOG).filter((code) => !THROWN_ELSEWHERE.has(code))

describe('every code of privacy and the audit trail, provoked', () => {
  it.each(CODES)('%s is told well in both languages', async (code) => {
    expect(await messageProblems(code, CASES[code], CATALOG)).toEqual([])
  })
})
