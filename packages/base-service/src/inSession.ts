import { abortable } from '@gradvis/kernel'

import { serviceErrors } from './serviceErrors.ts'
import { translateFailure } from './translateFailure.ts'

type Named = Readonly<{ service: string; operation: string }>

/**
 * The result of what an open session does for its user, failing as the operations of its service do: `service.cancelled`
 * at once when the signal aborts, ServiceErrors as they are, `service.unexpected` for the rest. The work itself goes on.
 */
export function inSession<T>(named: Named, signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  return translateFailure(abortable(work, signal), (cause) =>
    serviceErrors.create(signal?.aborted ? 'cancelled' : 'unexpected', named, { cause }),
  )
}
