import { access, type FileHandle, open, rename, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

import type { RecordingSink } from './RecordingSink.ts'

/**
 * A recording as a file that nobody but its owner may read. It grows as `<path>.part`, and has its own name when it is
 * closed, durable and complete. Nothing is opened before the first write; then a `.part` that a crash has left behind is
 * replaced; a finished file of that name, and one that this process is recording, make the write reject. Two processes must
 * not record to the same path.
 */
export function createFileRecordingSink(path: string): RecordingSink {
  return new FileRecordingSink(path)
}

/** What is being written. Another recording of that name would take the file away, and a discard leave it there. */
const inUse = new Set<string>()

class FileRecordingSink implements RecordingSink {
  readonly #path: string
  readonly #partPath: string
  #opening: Promise<FileHandle> | undefined
  #sizeBytes = 0
  #isRenamed = false
  #isDiscarded = false

  constructor(path: string) {
    this.#path = resolve(path)
    this.#partPath = `${this.#path}.part`
  }

  async write(chunk: Uint8Array): Promise<void> {
    const file = await this.#file()
    for (let done = 0; done < chunk.byteLength;) {
      // A write may be short; each names its place, so that a cut is not followed by a hole.
      const { bytesWritten } = await file.write(chunk, done, chunk.byteLength - done, this.#sizeBytes)
      done += bytesWritten
      this.#sizeBytes += bytesWritten
    }
  }

  async truncate(sizeBytes: number): Promise<void> {
    const file = await this.#file()
    await file.truncate(sizeBytes)
    this.#sizeBytes = sizeBytes
  }

  async close(): Promise<void> {
    const file = await this.#file()
    await file.sync()
    await file.close()
    if (this.#isDiscarded) return
    this.#isRenamed = true
    await rename(this.#partPath, this.#path)
    inUse.delete(this.#path)
    await syncFolderOf(this.#path)
  }

  async discard(): Promise<void> {
    if (!this.#opening || this.#isDiscarded) return
    this.#isDiscarded = true
    const file = await this.#opening.catch(() => undefined)
    if (!file) return
    // In this order: a rename that is under way either comes before and is undone, or finds nothing to rename.
    await rm(this.#partPath, { force: true })
    if (this.#isRenamed) await rm(this.#path, { force: true })
    inUse.delete(this.#path)
    await file.close()
    await syncFolderOf(this.#path)
  }

  #file(): Promise<FileHandle> {
    this.#opening ??= openUnused(this.#path, this.#partPath)
    return this.#opening
  }
}

async function openUnused(path: string, partPath: string): Promise<FileHandle> {
  if (inUse.has(path)) throw new Error('a file of this name is being recorded')
  inUse.add(path)
  try {
    return await openNew(path, partPath)
  } catch (error) {
    inUse.delete(path)
    throw error
  }
}

async function openNew(path: string, partPath: string): Promise<FileHandle> {
  const isTaken = await access(path).then(
    () => true,
    () => false,
  )
  if (isTaken) throw new Error('a file of this name exists already')
  await rm(partPath, { force: true })
  return open(partPath, 'wx', 0o600)
}

/** The names in a folder are as durable as its files only when it is synced itself. */
async function syncFolderOf(path: string): Promise<void> {
  await using folder = await open(dirname(path), 'r')
  await folder.sync()
}
