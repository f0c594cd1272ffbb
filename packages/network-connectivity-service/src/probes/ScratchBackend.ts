import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Path = '/healthy' | '/error' | '/portal' | '/foreign' | '/silent' | '/cut'

/** A real HTTP server on loopback that answers by path, can be closed and opened again, and counts what it is asked. */
export class ScratchBackend implements AsyncDisposable {
  /** While true, `/healthy` answers as `/error` does. */
  isIll = false
  readonly port: number
  #server: Server
  #reopening: Promise<void> | undefined
  #requests = 0
  #awaited: { requests: number; reached: () => void } | undefined

  private constructor(server: Server) {
    this.#server = server
    this.port = (server.address() as AddressInfo).port
    this.#serve()
  }

  static async open(): Promise<ScratchBackend> {
    return new ScratchBackend(await listen(0))
  }

  url(path: Path): string {
    return `http://127.0.0.1:${this.port}${path}`
  }

  get requests(): number {
    return this.#requests
  }

  /** Resolves when it has been asked so many times more. */
  moreRequests(count: number): Promise<void> {
    return new Promise((reached) => {
      this.#awaited = { requests: this.#requests + count, reached }
    })
  }

  /** Refuses connections from now on, and cuts those that are open. */
  async close(): Promise<void> {
    if (!this.#server.listening) return
    const closed = once(this.#server, 'close')
    this.#server.close()
    this.#server.closeAllConnections()
    await closed
  }

  /** Serves again, on the same port. */
  reopen(): Promise<void> {
    this.#reopening = this.#listenAgain()
    return this.#reopening
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // Whoever waited for it may have been told to stop meanwhile, and then a server would be left open.
    await this.#reopening?.catch(() => {})
    await this.close()
  }

  async #listenAgain(): Promise<void> {
    this.#server = await listen(this.port)
    this.#serve()
  }

  #serve(): void {
    this.#server.on('request', (request, response) => {
      this.#requests += 1
      if (this.#requests === this.#awaited?.requests) this.#awaited.reached()
      answer(request, response, this.isIll)
    })
  }
}

async function listen(port: number): Promise<Server> {
  const server = createServer()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return server
}

function answer(request: IncomingMessage, response: ServerResponse, isIll: boolean): void {
  // Anybody on this machine may ask, and what is no address must not throw.
  const asked = URL.parse(request.url ?? '/', 'http://127.0.0.1')
  switch (asked?.pathname as Path) {
    case '/healthy':
      return void response.writeHead(isIll ? 503 : 200).end(asked?.searchParams.get('nonce') ?? '')
    case '/portal':
      return void response.writeHead(302, { location: 'http://portal.invalid/' }).end()
    case '/foreign':
      return void response.writeHead(200).end('a page of somebody in between')
    case '/silent':
      return
    case '/cut':
      return void request.socket.resetAndDestroy()
    case '/error':
      return void response.writeHead(503).end()
    default:
      return void response.writeHead(404).end()
  }
}
