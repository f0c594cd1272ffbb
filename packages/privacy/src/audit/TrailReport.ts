import type { RecordHead } from './RecordLog.ts'

/**
 * How an entry is broken:
 * - `removed`: it is not there, and others follow.
 * - `moved`: it is not in its place, and was found further on.
 * - `edited`: it, or the hash beside it, is not what was written.
 * - `personal-edited`: its personal part is not what was written.
 * - `erased-without-entry`: its personal part is gone, and no erasure says so.
 * - `restored`: its personal part is there, and an erasure says that it is gone.
 * - `truncated`: it was written, and the trail ends before it.
 * - `added`: it is there, and the store knows of no such write.
 * - `rewritten`: the chain up to it holds, and it is another chain than the one that was written.
 */
export const TRAIL_BREAKS = [
  'removed',
  'moved',
  'edited',
  'personal-edited',
  'erased-without-entry',
  'restored',
  'truncated',
  'added',
  'rewritten',
] as const
export type TrailBreakKind = (typeof TRAIL_BREAKS)[number]
export type TrailBreak = Readonly<{ sequence: number; kind: TrailBreakKind }>

/** What a verification has found. */
export type TrailReport = Readonly<{
  /** The first entry that was looked at; 1 unless a part was verified. */
  first: number
  /** How many entries hold, from the first on. */
  entries: number
  /** How many of them have lost their personal part to an erasure. */
  erased: number
  /** Where what holds ends. Kept elsewhere, it proves later that nothing up to it was replaced. */
  checkpoint: RecordHead
  /** The first entry that does not hold. */
  broken?: TrailBreak | undefined
}>
