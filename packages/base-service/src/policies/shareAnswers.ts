import type { Step } from '../calls/Made.ts'
import type { ServiceCache } from '../ServiceCache.ts'
import type { CachePolicy, OperationPolicy } from './OperationPolicy.ts'
import type { SharedRuns } from './SharedRuns.ts'

type Shared = Readonly<{ operation: string; policy: OperationPolicy; cache: ServiceCache; runs: SharedRuns }>

/** Cache around coalescing, each only where the policy asks for it, around what makes the answer. */
export function shareAnswers({ operation, policy, cache, runs }: Shared, make: Step): Step {
  const keyOf = (input: unknown) => `${operation}:${JSON.stringify(input)}`
  const fresh = policy.cache ? kept(policy.cache, cache, keyOf, make) : make
  const joined: Step = policy.coalesce
    ? // Under the version too: what was begun before an invalidation is not for those who come after it.
      (made) => runs.join(`${cache.version}:${cache.keyOf(keyOf(made.input))}`, made, fresh)
    : fresh
  if (!policy.cache) return joined
  return async (made) => {
    const hit = cache.get(keyOf(made.input))
    made.annotations.cacheHit = hit !== undefined
    return hit ? hit.value : joined(made)
  }
}

function kept(policy: CachePolicy, cache: ServiceCache, keyOf: (input: unknown) => string, make: Step): Step {
  return async (made) => {
    const { version } = cache
    const answer = await make(made)
    // What was read before an invalidation may be what the invalidation was about.
    if (cache.version === version) cache.set(keyOf(made.input), answer, policy)
    return answer
  }
}
