import type { Readable } from 'node:stream'

/** Something that goes into an archive as one entry. */
export interface LegacyEntry {
  readonly path: string
  open(signal: AbortSignal): Promise<Readable>
  /** Called when all was read; throws when it can't be trusted. */
  finish(bytes: number): Promise<void>
  /** What the manifest says besides path, size and checksum. */
  describe():
    | Readonly<{ kind: 'records'; recordType: string; recordCount: number }>
    | Readonly<{ kind: 'file'; modifiedAt: string }>
}
