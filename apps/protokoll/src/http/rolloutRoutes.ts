import { negotiateLanguage } from '@gradvis/localization'

import type { HttpContext } from './HttpContext.ts'
import { NO_ROLLOUT } from './httpRefusals.ts'

/** Where the rollout stands and what was judged last. Moving it is left to the command line, where operators are known. */
export function rolloutRoutes({ server, layer }: HttpContext): void {
  server.get('/api/rollout', (request, reply) => {
    const { rollout } = layer
    if (rollout !== undefined) {
      const { status, verdicts, staleSinceMs } = rollout
      return { status, verdicts, ...(staleSinceMs !== undefined && { staleSinceMs }) }
    }
    const { code, text } = NO_ROLLOUT
    return reply.code(404).send({ code, message: text[negotiateLanguage(request.headers['accept-language'])] })
  })
}
