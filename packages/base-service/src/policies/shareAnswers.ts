import type { Made, Step } from '../calls/Made.ts'
import type { ServiceCache } from '../ServiceCache.ts'
import type { CachePolicy, OperationPolicy } from './OperationPolicy.ts'
import { rejectsWhileWaiting } from './rejectsWhileWaiting.ts'
import type { SharedRuns } from './SharedRuns.ts'

type Shared = Readonly<{ operation: string; policy: OperationPolicy; cache: ServiceCache; runs: SharedRuns }>

/** A step for an answer that is known by a key. */
type KeyedStep = (made: Made, key: string) => Promise<unknown>

/** Cache around coalescing, each only where the policy asks for it, around what makes the answer. */
export function shareAnswers({ operation, policy, cache, runs }: Shared, make: Step): Step {
  const keyOf = (made: Made, stamp = '') => `${operation}:${stamp}:${JSON.stringify(made.input)}`
  const joined = (step: KeyedStep): KeyedStep =>
    policy.coalesce
      ? // Under the version too: what was begun before an invalidation is not for those who come after it.
        (made, key) => runs.join(`${cache.version}:${cache.keyOf(key)}`, made, (run) => step(run, key))
      : step
  const unkept = joined(make)
  if (!policy.cache) return policy.coalesce ? (made) => unkept(made, keyOf(made)) : make
  const { stamp } = policy.cache
  const found = lookedUp(cache, joined(kept(policy.cache, cache, make)))
  if (!stamp) return (made) => found(made, keyOf(made))
  return async (made) => {
    // Without a stamp nobody can tell what is still true; why there is none, the handler finds out better.
    const taken = () => stamp(made.input as never).catch(() => undefined)
    const current = await rejectsWhileWaiting(made.scope, taken)
    made.scope.throwIfCancelled()
    return current === undefined ? unkept(made, keyOf(made)) : found(made, keyOf(made, current))
  }
}

function lookedUp(cache: ServiceCache, otherwise: KeyedStep): KeyedStep {
  return async (made, key) => {
    const hit = cache.get(key)
    made.annotations.cacheHit = hit !== undefined
    return hit ? hit.value : otherwise(made, key)
  }
}

function kept(policy: CachePolicy, cache: ServiceCache, make: Step): KeyedStep {
  return async (made, key) => {
    const { version } = cache
    const answer = await make(made)
    // What was read before an invalidation may be what the invalidation was about.
    if (cache.version === version) cache.set(key, answer, policy)
    return answer
  }
}
