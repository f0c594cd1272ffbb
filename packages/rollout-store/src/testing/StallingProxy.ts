import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'

/** Passes connections on to a port, until it stalls: then bytes are taken and nothing ever comes back. */
export class StallingProxy implements AsyncDisposable {
  readonly #server: Server
  readonly #sockets: Socket[] = []
  #stalled = false

  private constructor(port: number) {
    this.#server = createServer((socket) => {
      const onward = connect(port, '127.0.0.1')
      this.#sockets.push(socket, onward)
      for (const [from, to] of [
        [socket, onward],
        [onward, socket],
      ] as const) {
        from.on('data', (chunk) => this.#stalled || to.write(chunk))
        from.on('error', () => to.destroy())
        from.on('close', () => to.destroy())
      }
    })
  }

  static async to(port: number): Promise<StallingProxy> {
    const proxy = new StallingProxy(port)
    proxy.#server.listen(0, '127.0.0.1')
    await once(proxy.#server, 'listening')
    return proxy
  }

  /** The same URL by way of the proxy. */
  redirect(url: string): string {
    return Object.assign(new URL(url), { port: String((this.#server.address() as AddressInfo).port) }).href
  }

  stall(): void {
    this.#stalled = true
  }

  flow(): void {
    this.#stalled = false
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    this.#server.close()
    await once(this.#server, 'close')
  }
}
