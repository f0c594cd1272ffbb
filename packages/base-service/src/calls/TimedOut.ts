/** Why a scope was cancelled by its own time limit. */
export class TimedOut extends Error {
  readonly limitMs: number

  constructor(limitMs: number) {
    super(`not done within ${limitMs} ms`)
    this.limitMs = limitMs
  }
}
