import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/**
 * `silence` never answers. An address answers A; AAAA with no data, or, written as `192.0.2.1 only`, not at all, as
 * some home routers do.
 */
export type DnsBehaviour = 'silence' | 'NXDOMAIN' | 'SERVFAIL' | (string & {})

const RCODES: Readonly<Record<string, number>> = { SERVFAIL: 2, NXDOMAIN: 3 }
const TYPE_A = 1

/** A real DNS server on loopback (UDP), the same for every name. `address` is what a resolver takes. */
export async function startDnsServer(
  behaviour: DnsBehaviour,
): Promise<AsyncDisposable & Readonly<{ address: string }>> {
  const socket = createSocket('udp4')
  socket.on('message', (query, sender) => {
    const [address = '', only] = behaviour.split(' ')
    const isIgnored = behaviour === 'silence' || (only !== undefined && typeOf(query) !== TYPE_A)
    if (!isIgnored) socket.send(answerTo(query, address), sender.port, sender.address)
  })
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

function typeOf(query: Buffer): number {
  return query.readUInt16BE(query.indexOf(0, 12) + 1)
}

/** RFC 1035: header, the question as it came, and at most one record that points back to its name. */
function answerTo(query: Buffer, behaviour: string): Buffer {
  const question = query.subarray(12, query.indexOf(0, 12) + 5)
  const hasRecord = !(behaviour in RCODES) && typeOf(query) === TYPE_A
  const header = Buffer.alloc(12)
  header.writeUInt16BE(query.readUInt16BE(0), 0)
  header.writeUInt16BE(0x8180 | (RCODES[behaviour] ?? 0), 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(hasRecord ? 1 : 0, 6)
  const record = Buffer.from([0xc0, 12, 0, TYPE_A, 0, 1, 0, 0, 0, 0, 0, 4, ...behaviour.split('.').map(Number)])
  return Buffer.concat([header, question, ...(hasRecord ? [record] : [])])
}
