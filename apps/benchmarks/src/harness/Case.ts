type Common = Readonly<{
  name: string
  /**
   * Runs a whole sample. For what must surround many calls, such as one scope; its cost is spread over the sample.
   * Must await `sample` before it resolves.
   */
  around?: (sample: () => Promise<void>) => Promise<void>
}>

/** Measured without a promise anywhere: `run` is called in a plain loop. */
export type SyncCase = Common &
  Readonly<{
    kind: 'sync'
    /** One operation on the input of that index. What it returns is kept, so that the work cannot be optimised away. */
    run: (index: number) => unknown
    /** Throws when the case does not answer what it should: a wrong answer has no speed. */
    verify: () => void | Promise<void>
  }>

/** Measured one after another: each operation is awaited before the next begins. */
export type AsyncCase = Common &
  Readonly<{
    kind: 'async'
    run: (index: number) => Promise<unknown>
    verify: () => void | Promise<void>
  }>

export type Case = SyncCase | AsyncCase
