import { createHash, randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'

import { FORMAT, FORMAT_VERSION, type Manifest, serializeManifest } from '../format/Manifest.ts'
import { storePaths } from '../format/storePaths.ts'
import { buildZip, type ZipEntry } from './buildZip.ts'

type Placed = Readonly<{
  subject: string
  id?: string
  type?: string
  createdAt?: string
  /** What the archive holds. Default: one small file. */
  archive?: readonly ZipEntry[]
  /** Files that the manifest lists. Default: those of the archive. */
  listed?: readonly ZipEntry[]
}>

/** Puts a backup into a store by hand, as another program could; says its id. */
export async function placeBackup(storeFolder: string, placed: Placed): Promise<string> {
  const { subject, id = randomUUID(), type = 'full_backup', createdAt = '2025-01-16T08:00:00.000Z' } = placed
  const archive = placed.archive ?? [{ name: 'files/a/hej.txt', content: 'hej' }]
  const zip = buildZip(archive)
  const manifest: Manifest = {
    format: FORMAT,
    formatVersion: FORMAT_VERSION,
    id,
    subject,
    type,
    createdAt,
    writer: 'by hand',
    skippedCount: 0,
    archive: { sizeBytes: zip.length, sha256: sha256(zip) },
    entries: (placed.listed ?? archive).map(({ name, content = '' }) => ({
      kind: 'file',
      path: name,
      sizeBytes: Buffer.byteLength(content),
      sha256: sha256(content),
      modifiedAt: createdAt,
    })),
  }
  const paths = storePaths(storeFolder).backup(subject, id)
  await mkdir(dirname(paths.archive), { recursive: true })
  await writeFile(paths.archive, zip)
  await writeFile(paths.manifest, serializeManifest(manifest))
  return id
}

function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex')
}
