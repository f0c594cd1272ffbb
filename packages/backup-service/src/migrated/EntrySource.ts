import type { ErrorTranslation } from '@gradvis/base-service'

import type { ManifestEntry } from '../format/Manifest.ts'

type Content = 'path' | 'sizeBytes' | 'sha256'
type Facts<Entry> = Entry extends ManifestEntry ? Omit<Entry, Content> : never

/** Something that becomes one entry of an archive. Read once. */
export type EntrySource = Readonly<{
  path: string
  /** Ends soon after the signal aborts, and releases what it holds when it is left early. */
  bytes: (signal: AbortSignal) => AsyncGenerator<Buffer, void, undefined>
  /** What it means when they cannot be read. */
  failure: ErrorTranslation
  /** What else the manifest says of it; known when all bytes have been read. */
  facts: () => Facts<ManifestEntry>
}>
