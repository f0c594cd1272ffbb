import { createHash } from 'node:crypto'
import { close, constants, open } from 'node:fs'
import { promisify } from 'node:util'

import { type Entry, fromFdPromise, type ZipFile } from 'yauzl'

import type { Damage } from '../contract/VerificationReport.ts'
import { isSafeEntryPath } from './isSafeEntryPath.ts'
import type { ManifestEntry } from './Manifest.ts'

const openFile = promisify(open)
const closeFile = promisify(close)
const S_IFMT = 0o170000
const S_IFREG = 0o100000
const MADE_BY_UNIX = 3
const DOS_DIRECTORY = 0x10
const STORED = 0
const DEFLATED = 8

/** Thrown when an entry's bytes are not what the manifest says. */
export class EntryChanged extends Error {
  readonly path: string

  constructor(path: string, options?: ErrorOptions) {
    super('an entry of the archive is not what the manifest says', options)
    this.path = path
  }
}

/**
 * Reads a ZIP by its manifest: nothing that the manifest does not list is ever read. yauzl checks neither checksums,
 * duplicates, links nor local headers, so that is done here; `damage` says what was found on opening.
 */
export class ArchiveReader implements AsyncDisposable {
  readonly damage: readonly Damage[]
  readonly #zip: ZipFile | undefined
  readonly #entries: ReadonlyMap<string, Entry>

  private constructor(zip: ZipFile | undefined, entries: ReadonlyMap<string, Entry>, damage: readonly Damage[]) {
    this.#zip = zip
    this.#entries = entries
    this.damage = damage
  }

  /** Never rejects because of what the file holds: that is `damage`. Rejects when the file can't be opened. */
  static async open(file: string, manifest: readonly ManifestEntry[]): Promise<ArchiveReader> {
    const zip = await openZip(file)
    if (!zip) return new ArchiveReader(undefined, new Map(), [{ kind: 'archive_unreadable' }])
    const entries = new Map<string, Entry>()
    const damage: Damage[] = []
    try {
      const listed = new Set(manifest.map((entry) => entry.path))
      for await (const entry of zip.eachEntry()) {
        const kind = await judge(zip, entry, listed, entries)
        if (kind) damage.push({ kind, path: nameOf(entry) })
        else entries.set(nameOf(entry), entry)
      }
    } catch {
      damage.push({ kind: 'archive_unreadable' })
    }
    const named = new Set(damage.map(({ path }) => path))
    const missing = manifest.filter(({ path }) => !entries.has(path) && !named.has(path))
    damage.push(...missing.map(({ path }): Damage => ({ kind: 'entry_missing', path })))
    return new ArchiveReader(zip, entries, damage)
  }

  /** Whether entries can be read at all. */
  get readable(): boolean {
    return !this.damage.some(({ kind }) => kind === 'archive_unreadable')
  }

  /** The entry's bytes. Throws `EntryChanged`, at the latest after the last byte, unless size and SHA-256 are right. */
  async *read({ path, sizeBytes, sha256 }: ManifestEntry): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.#entries.get(path)
    if (!this.#zip || entry?.uncompressedSize !== sizeBytes) throw new EntryChanged(path)
    const hash = createHash('sha256')
    let readBytes = 0
    const stream = await this.#zip.openReadStreamPromise(entry).catch((cause: unknown) => {
      throw new EntryChanged(path, { cause })
    })
    try {
      for await (const chunk of stream as AsyncIterable<Buffer>) {
        hash.update(chunk)
        readBytes += chunk.length
        yield chunk
      }
    } catch (cause) {
      throw new EntryChanged(path, { cause })
    } finally {
      // Ending the iteration early leaves yauzl's file stream open otherwise.
      stream.destroy()
    }
    if (readBytes !== sizeBytes || hash.digest('hex') !== sha256) throw new EntryChanged(path)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const zip = this.#zip
    if (!zip?.isOpen) return
    await new Promise<void>((resolve) => {
      zip.once('close', resolve)
      zip.once('error', () => resolve())
      zip.close()
    })
  }
}

/** Undefined when the file is no ZIP. */
async function openZip(file: string): Promise<ZipFile | undefined> {
  const descriptor = await openFile(file, constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    // Names stay raw: yauzl would take them from an extra field that other programs do not read.
    return await fromFdPromise(descriptor, { lazyEntries: true, autoClose: false, decodeStrings: false })
  } catch {
    await closeFile(descriptor)
    return undefined
  }
}

/** What is wrong with an entry of the central directory; undefined when nothing is. */
async function judge(
  zip: ZipFile,
  entry: Entry,
  listed: ReadonlySet<string>,
  seen: ReadonlyMap<string, Entry>,
): Promise<Damage['kind'] | undefined> {
  const name = nameOf(entry)
  if (!isSafeEntryPath(name) || !isPlainFile(entry) || entry.isEncrypted()) return 'entry_unsafe'
  if (!listed.has(name) || seen.has(name)) return 'entry_unexpected'
  const local = await zip.readLocalFileHeaderPromise(entry).catch(() => undefined)
  if (!local) return 'entry_changed'
  const agrees = local.fileName.equals(entry.fileNameRaw) && local.compressionMethod === entry.compressionMethod
  return agrees ? undefined : 'entry_unsafe'
}

function nameOf(entry: Entry): string {
  return entry.fileNameRaw.toString('utf8')
}

/** No folder, no link, no device, and packed in one of the two ways that we write or could write. */
function isPlainFile({ versionMadeBy, externalFileAttributes, compressionMethod }: Entry): boolean {
  const type = versionMadeBy >>> 8 === MADE_BY_UNIX ? (externalFileAttributes >>> 16) & S_IFMT : 0
  if (type !== 0 && type !== S_IFREG) return false
  if (externalFileAttributes & DOS_DIRECTORY) return false
  return compressionMethod === STORED || compressionMethod === DEFLATED
}
