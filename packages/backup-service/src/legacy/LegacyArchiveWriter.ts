import { createHash } from 'node:crypto'
import { createWriteStream, type WriteStream } from 'node:fs'
import { type Readable, Transform, type TransformCallback } from 'node:stream'

import { ZipArchive } from 'archiver'

import { archiveLayout } from '../format/archiveLayout.ts'
import type { Manifest, ManifestEntry } from '../format/Manifest.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'
import { LegacyDisk } from './LegacyDisk.ts'
import type { LegacyEntry } from './LegacyEntry.ts'

type Written = Pick<Manifest, 'archive' | 'entries'>

/** Counts and sums up what flows through. */
class Meter extends Transform {
  readonly #hash = createHash('sha256')
  readonly #onBytes: (bytes: number) => void
  bytes = 0

  constructor(onBytes: (bytes: number) => void) {
    super()
    this.#onBytes = onBytes
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    this.#hash.update(chunk)
    this.bytes += chunk.length
    this.#onBytes(chunk.length)
    callback(null, chunk)
  }

  digest(): string {
    return this.#hash.digest('hex')
  }
}

/** Writes one ZIP file. Used once. */
export class LegacyArchiveWriter {
  readonly #file: string
  readonly #signal: AbortSignal
  readonly #onBytes: (bytes: number) => void
  readonly #archive = new ZipArchive({ zlib: { level: 6 } })
  readonly #whole = new Meter(() => {})
  readonly #output: WriteStream
  readonly #failed: Promise<never>
  #fail: (error: unknown) => void = () => {}

  constructor(file: string, signal: AbortSignal, onBytes: (bytes: number) => void) {
    this.#file = file
    this.#signal = signal
    this.#onBytes = onBytes
    this.#output = createWriteStream(file, { flags: 'wx' })
    this.#failed = new Promise((_resolve, reject) => {
      this.#fail = reject
    })
    this.#failed.catch(() => {})
  }

  /** Rejects with the first failure, whichever stream it comes from; archiver's own promises may never settle. */
  async write(entries: AsyncIterable<LegacyEntry>): Promise<Written> {
    const onAbort = () => this.#fail(new LegacyBackupError('CANCELLED'))
    this.#signal.addEventListener('abort', onAbort)
    const closed = new Promise<void>((resolve) => this.#output.once('close', resolve))
    try {
      this.#output.on('error', (error) => this.#fail(error))
      this.#whole.on('error', (error) => this.#fail(error))
      this.#archive.on('error', (error) => this.#fail(error))
      this.#archive.on('warning', (error) => this.#fail(error))
      this.#archive.pipe(this.#whole).pipe(this.#output)
      const written: ManifestEntry[] = []
      for await (const entry of entries) {
        if (this.#signal.aborted) onAbort()
        written.push(await this.#append(entry))
      }
      this.#archive.finalize().catch((error: unknown) => this.#fail(error))
      await Promise.race([closed, this.#failed])
      await LegacyDisk.sync(this.#file)
      return { archive: { sizeBytes: this.#whole.bytes, sha256: this.#whole.digest() }, entries: written }
    } catch (error) {
      this.#archive.unpipe()
      this.#archive.destroy()
      this.#whole.destroy()
      this.#output.destroy()
      await closed
      throw error
    } finally {
      this.#signal.removeEventListener('abort', onAbort)
    }
  }

  async #append(entry: LegacyEntry): Promise<ManifestEntry> {
    const source = await entry.open(this.#signal)
    const meter = new Meter(this.#onBytes)
    try {
      const appended = new Promise<void>((resolve) => this.#archive.once('entry', () => resolve()))
      source.on('error', (error) => this.#fail(this.#sourceError(error)))
      meter.on('error', (error) => this.#fail(error))
      this.#archive.append(source.pipe(meter), { name: entry.path, date: archiveLayout.entryDate, mode: 0o644 })
      await Promise.race([appended, this.#failed])
      await entry.finish(meter.bytes)
    } catch (error) {
      source.unpipe(meter)
      meter.destroy()
      await this.#release(source)
      throw error
    }
    return { ...entry.describe(), path: entry.path, sizeBytes: meter.bytes, sha256: meter.digest() }
  }

  /** A file must be closed before the call ends; a record source may be stuck for ever and holds no file. */
  async #release(source: Readable): Promise<void> {
    const isFile = 'path' in source
    const closed = new Promise<void>((resolve) => source.once('close', resolve))
    const wasClosed = source.closed
    source.destroy()
    if (isFile && !wasClosed) await closed
  }

  #sourceError(error: unknown): unknown {
    const code = LegacyBackupError.systemCode(error)
    return code === null ? error : new LegacyBackupError('FILE_UNREADABLE', code, error)
  }
}
