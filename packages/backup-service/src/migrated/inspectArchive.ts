import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

import type { Damage, VerificationReport } from '../contract/VerificationReport.ts'
import { ArchiveReader, EntryChanged } from '../format/ArchiveReader.ts'
import type { Manifest } from '../format/Manifest.ts'
import { errno } from './errno.ts'
import type { Flow } from './Flow.ts'

type Findings = Pick<VerificationReport, 'damage' | 'checkedEntries' | 'checkedBytes'>

/** Reads the whole archive and then every entry of it, and says what is not as the manifest has it. */
export async function inspectArchive(file: string, manifest: Manifest, flow: Flow): Promise<Findings> {
  const damage: Damage[] = []
  try {
    if (!(await isUnchanged(file, manifest, flow))) damage.push({ kind: 'archive_changed' })
    await using reader = await ArchiveReader.open(file, manifest.entries)
    damage.push(...reader.damage)
    const damaged = new Set(reader.damage.map(({ path }) => path))
    const entries = reader.readable ? manifest.entries.filter(({ path }) => !damaged.has(path)) : []
    let checkedBytes = 0
    for (const entry of entries) {
      if (await reads(reader, entry, flow)) checkedBytes += entry.sizeBytes
      else damage.push({ kind: 'entry_changed', path: entry.path })
    }
    return { damage, checkedEntries: entries.length, checkedBytes }
  } catch (error) {
    // ELOOP: there is a link where the archive was, and links are not followed.
    if (!['ENOENT', 'ELOOP'].includes(errno(error) ?? '')) throw error
    return { damage: [{ kind: 'archive_missing' }], checkedEntries: 0, checkedBytes: 0 }
  }
}

async function isUnchanged(file: string, { archive }: Manifest, { signal, onBytes }: Flow): Promise<boolean> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of createReadStream(file, { signal, highWaterMark: 256 * 1024 }) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    sizeBytes += chunk.length
    onBytes(chunk.length)
  }
  return sizeBytes === archive.sizeBytes && hash.digest('hex') === archive.sha256
}

async function reads(reader: ArchiveReader, entry: Manifest['entries'][number], flow: Flow): Promise<boolean> {
  try {
    for await (const chunk of reader.read(entry)) {
      flow.signal.throwIfAborted()
      flow.onBytes(chunk.length)
    }
    return true
  } catch (error) {
    if (error instanceof EntryChanged) return false
    throw error
  }
}
