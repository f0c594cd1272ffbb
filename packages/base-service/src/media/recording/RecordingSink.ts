/**
 * Where a recording goes. Its methods are called one after the other, except that `discard` may come at any time, when
 * another is taking too long. After `close` or `discard` there is no `write` and no `truncate`.
 */
export interface RecordingSink {
  /** Appends; resolves when the chunk is behind all that came before it. The first one opens whatever is needed. */
  write(chunk: Uint8Array): Promise<void>
  /** Cuts off everything from this size on. */
  truncate(sizeBytes: number): Promise<void>
  /** Resolves when what was written is durable and complete under its own name. */
  close(): Promise<void>
  /** Removes all of it, also what was closed. Idempotent. */
  discard(): Promise<void>
}
