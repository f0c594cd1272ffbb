import type { RecordLog } from './RecordLog.ts'
import type { TrailReport } from './TrailReport.ts'
import { TrailVerifier, type VerifyOptions } from './TrailVerifier.ts'

const PAGE = 1000

/**
 * Whether a log is a trail from which nothing was removed and in which nothing was changed or moved, up to where it ends by its own account, while others write to it. Without a checkpoint that was kept
 * elsewhere, nobody can tell a whole log from an older copy of it.
 */
export async function verifyLog(
  log: Pick<RecordLog, 'read' | 'head'>,
  { signal, ...options }: VerifyOptions & Readonly<{ signal?: AbortSignal }> = {},
): Promise<TrailReport> {
  const verifier = new TrailVerifier(options)
  for (let read = 0; ;) {
    const rows = await log.read(read, PAGE, signal)
    for (const row of rows) verifier.add(row)
    read = rows.at(-1)?.sequence ?? read
    if (rows.length > 0) continue
    // The head is asked for last: what it names was written before, so another look must find it.
    const head = await log.head(signal)
    const [next] = head.sequence > read ? await log.read(read, 1, signal) : []
    if (!next) return verifier.end(head)
  }
}
