import type { RecordLog } from './RecordLog.ts'
import type { TrailReport } from './TrailReport.ts'
import { TrailVerifier, type VerifyOptions } from './TrailVerifier.ts'

const PAGE = 1000

type Readable = Pick<RecordLog, 'read' | 'head'>
type LogOptions = VerifyOptions & Readonly<{ signal?: AbortSignal }>

/**
 * Whether a log is a trail from which nothing was removed and in which nothing was changed or moved, up to where it ends
 * by its own account, while others write to it and erase. Without a checkpoint that was kept elsewhere, nobody can tell a
 * whole log from an older copy of it.
 */
export async function verifyLog(log: Readable, options: LogOptions = {}): Promise<TrailReport> {
  for (let restored: number | undefined; ;) {
    const report = await readThrough(log, options)
    const { broken } = report
    // What was read before an erasure that was read afterwards only looks as if it had come back: another look finds it
    // gone. What has truly come back is found there again.
    if (broken?.kind !== 'restored' || broken.sequence === restored) return report
    restored = broken.sequence
  }
}

async function readThrough(log: Readable, { signal, ...options }: LogOptions): Promise<TrailReport> {
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
