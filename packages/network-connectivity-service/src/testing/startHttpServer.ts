import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'

import type { TestCertificate } from './createTestCertificate.ts'
import { listenOnLoopback, type TestServer } from './TestServer.ts'

/** Answers by `answer`, over TLS where a certificate is given. Keeps connections open as long as the client likes. */
export function startHttpServer(answer: RequestListener, certificate?: TestCertificate): Promise<TestServer> {
  const requests: IncomingMessage[] = []
  const listener: RequestListener = (request, response) => {
    requests.push(request)
    answer(request, response)
  }
  const server = certificate ? createSecureServer(certificate, listener) : createServer(listener)
  return listenOnLoopback(server, requests)
}

/** Always the same status, headers and body. */
export function answering(status: number, headers: Record<string, string> = {}, body = ''): RequestListener {
  return (_request, response) => response.writeHead(status, headers).end(body)
}
