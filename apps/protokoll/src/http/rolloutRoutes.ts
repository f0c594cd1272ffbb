import type { HttpContext } from './HttpContext.ts'
import { httpErrors } from './httpErrors.ts'
import { refuse } from './refuse.ts'

/** Where the rollout stands and what was judged last. Moving it is left to the command line, where operators are known. */
export function rolloutRoutes({ server, layer }: HttpContext): void {
  server.get('/api/rollout', (request, reply) => {
    const { rollout } = layer
    if (rollout === undefined) return refuse(request, reply.code(404), httpErrors.create('no_rollout', {}))
    const { status, verdicts, staleSinceMs } = rollout
    return { status, verdicts, ...(staleSinceMs !== undefined && { staleSinceMs }) }
  })
}
