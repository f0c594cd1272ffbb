import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { FileHandle } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

import { translateFailure } from '@gradvis/base-service'
import { ZipArchive } from 'archiver'

import { archiveLayout } from '../format/archiveLayout.ts'
import type { Manifest, ManifestEntry } from '../format/Manifest.ts'
import type { EntrySource } from './EntrySource.ts'
import type { Flow } from './Flow.ts'

const BLOCK_BYTES = 256 * 1024

type WrittenArchive = Pick<Manifest, 'archive' | 'entries'>

/**
 * Writes entries, one after another, as a ZIP into an open file, and says what was written. Rejects with the first
 * cause of a failure: archiver neither passes on errors of its sources nor settles `finalize()` after one, so its
 * output is what is awaited, and everything that waits is let go by one signal.
 */
export async function writeArchive(
  file: FileHandle,
  sources: AsyncIterable<EntrySource>,
  { signal, onBytes }: Flow,
): Promise<WrittenArchive> {
  const stop = new AbortController()
  const flow = { signal: AbortSignal.any([signal, stop.signal]), onBytes }
  const fail = (error: unknown) => stop.abort(error)
  const archive = new ZipArchive({ zlib: { level: 6 } })
  // A warning means that archiver would leave something out.
  archive.on('warning', fail).on('error', fail)
  const written = pipeline(archive, (chunks) => writeChunks(file, chunks, fail), { signal: flow.signal })
  written.catch(fail)
  try {
    const entries: ManifestEntry[] = []
    for await (const source of sources) entries.push(await append(archive, source, flow))
    archive.finalize().catch(fail)
    return { archive: await written, entries }
  } catch (error) {
    fail(error)
    await written.catch(() => {})
    signal.throwIfAborted()
    throw stop.signal.reason
  }
}

async function append(archive: ZipArchive, source: EntrySource, flow: Flow): Promise<ManifestEntry> {
  const digest = createHash('sha256')
  let sizeBytes = 0

  async function* measured() {
    for await (const chunk of source.bytes(flow.signal)) {
      digest.update(chunk)
      sizeBytes += chunk.length
      flow.onBytes(chunk.length)
      yield chunk
    }
  }

  const bytes = Readable.from(measured(), { objectMode: false })
  const reading = new Promise<never>((_resolve, reject) => bytes.once('error', reject))
  const failed = translateFailure(reading, source.failure, flow.signal)
  try {
    archive.append(bytes, { name: source.path, date: archiveLayout.entryDate, mode: 0o644 })
    await Promise.race([once(archive, 'entry', { signal: flow.signal }), failed])
  } finally {
    bytes.destroy()
    // Only then has the source let go of what it held.
    if (!bytes.closed) await new Promise<void>((resolve) => bytes.once('close', resolve))
  }
  return { ...source.facts(), path: source.path, sizeBytes, sha256: digest.digest('hex') }
}

/**
 * Writes in large blocks, for archiver makes small pieces. Not a write stream: one that fails closes the file's
 * descriptor, which is the caller's to close.
 */
async function writeChunks(
  file: FileHandle,
  chunks: AsyncIterable<Buffer>,
  fail: (error: unknown) => void,
): Promise<Manifest['archive']> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  let block: Buffer[] = []
  let blockBytes = 0
  const flush = async () => {
    const bytes = Buffer.concat(block)
    hash.update(bytes)
    sizeBytes += bytes.length
    block = []
    blockBytes = 0
    // At once: leaving the loop makes archiver emit an error of its own, which would pass for the first cause.
    await file.writeFile(bytes).catch((error: unknown) => {
      fail(error)
      throw error
    })
  }
  for await (const chunk of chunks) {
    block.push(chunk)
    blockBytes += chunk.length
    if (blockBytes >= BLOCK_BYTES) await flush()
  }
  await flush()
  return { sizeBytes, sha256: hash.digest('hex') }
}
