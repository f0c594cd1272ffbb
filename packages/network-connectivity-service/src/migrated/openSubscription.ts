import type { Session } from '@gradvis/base-service'

import type { NetworkListener } from '../NetworkChange.ts'
import type { StatusBoard } from './StatusBoard.ts'

/** Listens until it is closed. */
export function openSubscription(board: StatusBoard, listener: NetworkListener): Session {
  let isOpen = true
  // Asked at each call, because another listener of the same change may close this one.
  const unsubscribe = board.subscribe((change) => (isOpen ? listener(change) : undefined))
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  return {
    closed,
    close: async () => {
      isOpen = false
      unsubscribe()
      resolve()
    },
  }
}
