/** What a benchmark tells one of its instances. */
export type Order =
  /** Appends the emergency stop, and says when it was asked to. */
  | Readonly<{ kind: 'force-legacy'; on: boolean }>
  /** From now on every call fails, until the service is rolled back. */
  | Readonly<{ kind: 'break' }>
  /** Begins the rollout anew. */
  | Readonly<{ kind: 'resume' }>
  | Readonly<{ kind: 'stop' }>

/** What an instance tells the benchmark. `atMs`: epoch milliseconds with fractions. */
export type News =
  | Readonly<{ kind: 'ready' }>
  /** The first call on this side after one on the other. */
  | Readonly<{ kind: 'switched'; to: 'legacy' | 'migrated'; atMs: number }>
  /** When a change was decided: asked for by an operator, or by the verdict that it rests on. */
  | Readonly<{ kind: 'decided'; atMs: number; isNextCallLegacy: boolean }>
