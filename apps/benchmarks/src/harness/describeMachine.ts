import { availableParallelism, cpus } from 'node:os'

/** What the absolute numbers depend on, for the `detail` of a result. */
export function describeMachine(): { node: string; cpu: string; cores: number } {
  return { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() }
}
