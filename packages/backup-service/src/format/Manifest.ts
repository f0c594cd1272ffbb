import { createHash } from 'node:crypto'

import { z } from 'zod'

import { backupId, type BackupSummary, subjectId, typeName } from '../contract/BackupSummary.ts'
import { isSafeEntryPath } from './isSafeEntryPath.ts'

export const FORMAT = 'gradvis.backup'
export const FORMAT_VERSION = 1

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)
const count = z.int().nonnegative()
const path = z.string().refine(isSafeEntryPath)
const content = { path, sizeBytes: count, sha256 }

const ManifestEntry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('records'), ...content, recordType: typeName, recordCount: count }),
  z.strictObject({ kind: z.literal('file'), ...content, modifiedAt: z.iso.datetime() }),
])

const Manifest = z.strictObject({
  format: z.literal(FORMAT),
  formatVersion: z.literal(FORMAT_VERSION),
  id: backupId,
  subject: subjectId,
  type: typeName,
  createdAt: z.iso.datetime(),
  /** Which code wrote it. For people; nothing depends on it. */
  writer: z.string().max(100),
  skippedCount: count,
  archive: z.strictObject({ sizeBytes: count, sha256 }),
  /** In the order of the archive. */
  entries: z.array(ManifestEntry).refine(isFileTree),
})

export type ManifestEntry = Readonly<z.infer<typeof ManifestEntry>>
export type Manifest = Readonly<z.infer<typeof Manifest>>

export type ManifestReading = Readonly<
  | { readable: true; manifest: Manifest }
  /** `formatVersion` is given when the manifest is whole but newer than this code. */
  | { readable: false; formatVersion?: number }
>

/** The manifest file's text: the manifest and, last, a checksum over the JSON of all before it. */
export function serializeManifest(manifest: Manifest): string {
  return `${JSON.stringify({ ...manifest, checksum: checksumOf(manifest) })}\n`
}

/** Reads a manifest file's text. Never throws: a damaged one is an answer. */
export function parseManifest(text: string): ManifestReading {
  const body = uncheckedBody(text)
  if (!body) return { readable: false }
  const parsed = Manifest.safeParse(body)
  if (parsed.success) return { readable: true, manifest: parsed.data }
  const { format, formatVersion } = body
  const newer = format === FORMAT && typeof formatVersion === 'number' && formatVersion > FORMAT_VERSION
  return newer ? { readable: false, formatVersion } : { readable: false }
}

export function summaryOf({ archive, entries, ...manifest }: Manifest): BackupSummary {
  const { id, subject, type, createdAt, skippedCount } = manifest
  const records = entries.map((entry) => (entry.kind === 'records' ? entry.recordCount : 0))
  return {
    id,
    subject,
    type,
    createdAt,
    recordCount: sum(records),
    fileCount: entries.filter((entry) => entry.kind === 'file').length,
    skippedCount,
    contentBytes: sum(entries.map((entry) => entry.sizeBytes)),
    archiveBytes: archive.sizeBytes,
    archiveSha256: archive.sha256,
  }
}

/** The manifest's fields without the checksum, or undefined when that is missing or wrong. */
function uncheckedBody(text: string): Record<string, unknown> | undefined {
  try {
    const { checksum, ...body } = JSON.parse(text) as Record<string, unknown>
    return checksum === checksumOf(body) ? body : undefined
  } catch {
    return undefined
  }
}

/** Whether all paths can be files of one tree: none given twice, none a folder of another. */
function isFileTree(entries: readonly Readonly<{ path: string }>[]): boolean {
  const paths = new Set(entries.map((entry) => entry.path))
  const folders = entries.flatMap(({ path }) => {
    const components = path.split('/')
    return components.slice(1).map((_component, index) => components.slice(0, index + 1).join('/'))
  })
  return paths.size === entries.length && !folders.some((folder) => paths.has(folder))
}

function checksumOf(body: object): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex')
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
