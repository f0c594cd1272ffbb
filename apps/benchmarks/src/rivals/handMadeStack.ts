import type { Observer, Outcome } from '@gradvis/base-service'
import type { Clock } from '@gradvis/kernel'
import {
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleAll,
  type IPolicy,
  noop,
  retry,
  timeout,
  TimeoutStrategy,
  wrap,
} from 'cockatiel'
import { LRUCache } from 'lru-cache'

import type { AsyncCase } from '../harness/Case.ts'
import { bareEcho, Note, noteCase } from '../ours/overhead/note.ts'

export const HAND_MADE = {
  plain: 'by hand: zod, observation',
  guarded: 'by hand: zod, observation, cockatiel time-out, retry, breaker',
  cached: 'by hand: zod, observation, answer from lru-cache',
} as const

type Stack = Readonly<{ clock: Clock; observer: Observer; policy: IPolicy; cache?: LRUCache<string, Note> }>

/** What a team writes around one method without BaseService: the same libraries, glued for this method alone. */
export function createHandMadeCases(clock: Clock, observer: Observer): readonly AsyncCase[] {
  const guarded = wrap(
    retry(handleAll, { maxAttempts: 2, backoff: new ExponentialBackoff({ initialDelay: 50, maxDelay: 5_000 }) }),
    circuitBreaker(handleAll, { halfOpenAfter: 10_000, breaker: new ConsecutiveBreaker(5) }),
    timeout(1_000, TimeoutStrategy.Aggressive),
  )
  const cache = new LRUCache<string, Note>({ max: 1_000, ttl: 3_600_000 })
  const stacks = {
    plain: { clock, observer, policy: noop },
    guarded: { clock, observer, policy: guarded },
    cached: { clock, observer, policy: guarded, cache },
  } satisfies Record<keyof typeof HAND_MADE, Stack>
  return Object.entries(stacks).map(([key, stack]) =>
    noteCase(HAND_MADE[key as keyof typeof HAND_MADE], (note) => ask(stack, note)),
  )
}

async function ask(stack: Stack, input: unknown): Promise<Note> {
  const startedMs = stack.clock.monotonicMs()
  let [outcome, cacheHit]: [Outcome, boolean] = ['ok', false]
  let attempts = 0
  try {
    const note = Note.parse(input)
    const key = stack.cache && JSON.stringify(note)
    const kept = key === undefined ? undefined : stack.cache?.get(key)
    cacheHit = kept !== undefined
    if (kept) return structuredClone(kept)
    const answer = await stack.policy.execute(() => {
      attempts += 1
      return bareEcho(note)
    })
    const checked = Note.parse(answer)
    if (key !== undefined) stack.cache?.set(key, structuredClone(checked))
    return checked
  } catch (error) {
    outcome = 'fault'
    throw error
  } finally {
    stack.observer.record({
      service: 'NoteService',
      implementation: 'migrated',
      operation: 'echo',
      outcome,
      code: outcome === 'ok' ? undefined : 'note.failed',
      durationMs: stack.clock.monotonicMs() - startedMs,
      role: 'primary',
      rescued: false,
      attempts,
      cacheHit,
    })
  }
}
