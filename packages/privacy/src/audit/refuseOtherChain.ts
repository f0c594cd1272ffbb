import { parseAuditEntry } from './AuditEntry.ts'
import { auditErrors } from './auditErrors.ts'
import { chainedBy } from './chainHash.ts'
import type { RecordLog } from './RecordLog.ts'

/**
 * Rejects with `audit.key_needed` or `audit.wrong_key` where the last entry was linked in another way than with this key:
 * what followed would break the chain. Whether the entry is intact is for a verification to say; writing goes on.
 */
export async function refuseOtherChain(log: RecordLog, key: Uint8Array | undefined): Promise<void> {
  const { sequence } = await log.head()
  const [last] = sequence === 0 ? [] : await log.read(sequence - 1, 1)
  const entry = last && parseAuditEntry(last.body)
  if (!entry) return
  if (entry.key !== undefined && key === undefined) throw auditErrors.create('key_needed', {})
  if (entry.key !== chainedBy(key).key) throw auditErrors.create('wrong_key', {})
}
