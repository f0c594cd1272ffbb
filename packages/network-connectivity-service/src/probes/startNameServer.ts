import { createSocket } from 'node:dgram'
import { once } from 'node:events'

const HEADER_BYTES = 12
/** RFC 1035, section 4.1.1: a response, recursion desired and available, RCODE 3. */
const NO_SUCH_NAME = 0x8183

/** A DNS server on loopback that knows no name, and does not answer at all for `silent.invalid`. */
export async function startNameServer(): Promise<AsyncDisposable & Readonly<{ address: string }>> {
  const socket = createSocket('udp4')
  socket.on('message', (query, sender) => {
    const refusal = query.includes('silent') ? undefined : refusalOf(query)
    if (refusal) socket.send(refusal, sender.port, sender.address)
  })
  // Whoever asked may be gone when the answer comes.
  socket.on('error', () => {})
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  return {
    address: `127.0.0.1:${socket.address().port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(socket, 'close')
      socket.close()
      await closed
    },
  }
}

/** The question as it came, and no record. Undefined for what holds no question: anybody on this machine may ask. */
function refusalOf(query: Buffer): Buffer | undefined {
  const nameEnd = query.indexOf(0, HEADER_BYTES)
  if (nameEnd < 0) return undefined
  const refusal = Buffer.from(query.subarray(0, nameEnd + 5))
  refusal.writeUInt16BE(NO_SUCH_NAME, 2)
  refusal.fill(0, 6, HEADER_BYTES)
  return refusal
}
