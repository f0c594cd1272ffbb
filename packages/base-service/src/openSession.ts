import type { Call } from './Call.ts'
import type { Session } from './contract/Operation.ts'

export type Handler = (input: unknown, call: Call) => Promise<unknown>

/**
 * The handler of a session operation: what it opens is checked and adopted, or closed again when it breaks its contract
 * and when nobody waits for it any more. What is handed out is the object itself, never a copy that a schema made.
 */
export function openSession(
  handler: Handler,
  check: (output: unknown) => unknown,
  adopt: (session: Session) => void,
): Handler {
  return async (input, call) => {
    const output = await handler(input, call)
    try {
      call.signal.throwIfAborted()
      check(output)
    } catch (error) {
      if (isSession(output)) await output.close().catch(() => {})
      throw error
    }
    if (isSession(output)) adopt(output)
    return output
  }
}

function isSession(output: unknown): output is Session {
  return typeof output === 'object' && output !== null && 'close' in output && 'closed' in output
}
