/** How far capture had come with each chunk of a file, 16 bytes a chunk: an hour of 20 ms chunks takes 2.9 MB. */
export class ChunkJournal {
  readonly #endsMs: number[] = []
  readonly #offsets: number[] = []
  #sizeBytes = 0

  get sizeBytes(): number {
    return this.#sizeBytes
  }

  add(endMs: number, sizeBytes: number): void {
    this.#endsMs.push(endMs)
    this.#offsets.push(this.#sizeBytes)
    this.#sizeBytes += sizeBytes
  }

  /** Forgets the last chunk: it may have been written in part. */
  removeLast(): void {
    this.#endsMs.pop()
    this.#sizeBytes = this.#offsets.pop() ?? 0
  }

  /** Bytes before the first chunk with anything captured at or after the moment. */
  sizeBefore(momentMs: number): number {
    const first = this.#endsMs.findIndex((endMs) => endMs > momentMs)
    return first === -1 ? this.#sizeBytes : (this.#offsets[first] as number)
  }
}
