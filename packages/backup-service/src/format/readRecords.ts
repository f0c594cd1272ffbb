import type { BackupRecord } from '../BackupSource.ts'
import { type ArchiveReader, EntryChanged } from './ArchiveReader.ts'
import type { ManifestEntry } from './Manifest.ts'

/** The records of an entry, one line at a time. Throws `EntryChanged` for a line that is no record. */
export async function* readRecords(
  reader: ArchiveReader,
  entry: ManifestEntry,
  onBytes: (bytes: number) => void,
): AsyncGenerator<BackupRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let rest = ''
  for await (const chunk of reader.read(entry)) {
    onBytes(chunk.length)
    // Only at line feeds: JSON text may hold the other characters that line readers split at.
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) yield recordIn(line, entry)
  }
  if (rest !== '') throw new EntryChanged(entry.path)
}

function recordIn(line: string, entry: ManifestEntry): BackupRecord {
  try {
    return JSON.parse(line) as BackupRecord
  } catch (cause) {
    throw new EntryChanged(entry.path, { cause })
  }
}
