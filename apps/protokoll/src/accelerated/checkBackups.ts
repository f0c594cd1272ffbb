import { isDeepStrictEqual } from 'node:util'

import { BackupService } from '@gradvis/backup-service'
import { IMPLEMENTATIONS, type Implementation } from '@gradvis/kernel'
import type { ServiceLayer } from '@gradvis/service-layer'

import type { ProtokollDatabase } from '../database/ProtokollDatabase.ts'
import { mapConcurrently } from '../demonstration/mapConcurrently.ts'
import type { LedgerEntry } from './traffic/BackupLedger.ts'

type SideCheck = Readonly<{ made: number; found: number; intact: number }>

/** What became of the backups that each side has made, asked of the side that serves now. */
export type BackupCheck = Readonly<Record<Implementation, SideCheck>> &
  Readonly<{
    /** Which side answered, by subject. */
    askedOf: Readonly<Record<Implementation, number>>
    /** Subjects whose records were erased and brought back from their newest backup, and those where they differed. */
    restored: number
    differed: number
  }>

type Context = Readonly<{ layer: ServiceLayer; database: ProtokollDatabase; signal: AbortSignal }>

/**
 * Lists and verifies every backup that anybody was told is there; then each subject loses its records for real and gets
 * them back from its newest backup. Rejects where a call fails. No subject is left without its records.
 */
export async function checkBackups(context: Context, entries: readonly LedgerEntry[]): Promise<BackupCheck> {
  const bySubject = [...Map.groupBy(entries, ({ subject }) => subject)]
  const checks = await mapConcurrently(bySubject, 4, (one) => checkSubject(context, one), context.signal)
  const count = (predicate: (check: Checked) => boolean) => checks.flat().filter(predicate).length
  const side = (made: Implementation): SideCheck => ({
    made: count(({ entry }) => entry.side === made),
    found: count(({ entry, found }) => entry.side === made && found),
    intact: count(({ entry, intact }) => entry.side === made && intact),
  })
  const askedOf = Object.fromEntries(
    IMPLEMENTATIONS.map((one) => [one, bySubject.filter(([subject]) => sideOf(context.layer, subject) === one).length]),
  ) as BackupCheck['askedOf']
  const restored = count(({ restored }) => restored !== undefined)
  const differed = count(({ restored }) => restored === 'differs')
  return { legacy: side('legacy'), migrated: side('migrated'), askedOf, restored, differed }
}

type Checked = Readonly<{
  entry: LedgerEntry
  found: boolean
  intact: boolean
  restored: 'equal' | 'differs' | undefined
}>

async function checkSubject(
  { layer, database }: Context,
  [subject, entries]: readonly [string, readonly LedgerEntry[]],
): Promise<readonly Checked[]> {
  const backups = layer.get(BackupService)
  return layer.runAs(subject, async () => {
    const listed = await backups.listBackups({ subject, limit: 500 })
    const ids = new Set(listed.backups.map(({ id }) => id))
    const checked: Checked[] = []
    for (const entry of entries) {
      const { backupId } = entry
      const found = ids.has(backupId)
      const intact = found && (await backups.verifyBackup({ subject, backupId })).intact
      const isNewest = entry === entries.at(-1)
      const restored = intact && isNewest ? await loseAndRestore({ layer, database }, entry) : undefined
      checked.push({ entry, found, intact, restored })
    }
    return checked
  })
}

async function loseAndRestore(
  { layer, database }: Omit<Context, 'signal'>,
  { subject, backupId }: LedgerEntry,
): Promise<'equal' | 'differs'> {
  const before = database.records(subject)
  const types = [...new Set(before.map(({ type }) => type))]
  let isEqual = false
  database.erase(subject)
  try {
    await layer.get(BackupService).restoreBackup({ subject, backupId, target: { kind: 'application' } })
    isEqual = isDeepStrictEqual(database.records(subject), before)
  } finally {
    if (!isEqual) database.replace(subject, types, before)
  }
  return isEqual ? 'equal' : 'differs'
}

function sideOf(layer: ServiceLayer, subject: string): Implementation {
  return layer.explain(BackupService, subject).decision.implementation
}
