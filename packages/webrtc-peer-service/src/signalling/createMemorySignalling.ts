import { SignallingInbox } from './SignallingInbox.ts'
import { DEFAULT_MAX_PEERS, SignallingRooms } from './SignallingRooms.ts'
import type { SignallingMessage, SignallingTransport } from './SignallingTransport.ts'

/** Signalling within one process. Messages are copied and come in a later microtask, as they would from a network. */
export function createMemorySignalling(
  options: Readonly<{ maxPeersPerRoom?: number }> = {},
): SignallingTransport & Readonly<{ roomCount: number }> {
  const rooms = new SignallingRooms(options.maxPeersPerRoom ?? DEFAULT_MAX_PEERS)
  return {
    get roomCount() {
      return rooms.size
    },
    async join({ roomId, peerId, signal }) {
      signal.throwIfAborted()
      const inbox = new SignallingInbox()
      const deliver = (message: SignallingMessage) => {
        const copy = structuredClone(message)
        queueMicrotask(() => inbox.push(copy))
      }
      const member = rooms.join(roomId, peerId, deliver)
      return {
        present: member.present,
        send: member.send,
        onMessage: (listener) => inbox.listen(listener),
        close: async () => {
          inbox.close()
          member.leave()
        },
      }
    },
  }
}
