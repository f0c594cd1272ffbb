import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { Socket } from 'node:net'

import type { FailureCode } from '../FailureCode.ts'
import type { ParsedEndpoint } from './parseOptions.ts'

const MAX_BODY_LENGTH = 16_384

export type BackendAnswer = Readonly<{ statusCode: number; code: FailureCode | null; evidence: string }>

/** GET with a nonce that no cache has seen. Reads of the body only as much as it needs to judge it. */
export async function askBackend(
  endpoint: ParsedEndpoint,
  socket: Socket,
  signal: AbortSignal,
): Promise<BackendAnswer> {
  const { pathname, search, host } = endpoint.address
  const nonce = randomUUID()
  const asked = request({
    createConnection: () => socket,
    path: `${pathname}${search}${search === '' ? '?' : '&'}nonce=${nonce}`,
    setHost: false,
    headers: { host, accept: '*/*', 'cache-control': 'no-store', connection: 'close' },
    signal,
  })
  asked.on('error', () => {})
  asked.end()
  const [response] = (await once(asked, 'response', { signal })) as [IncomingMessage]
  const statusCode = response.statusCode ?? 0
  const promised = [
    ...(endpoint.expectBody === undefined ? [] : [endpoint.expectBody]),
    ...(endpoint.echo ? [nonce] : []),
  ]
  const code = codeOf(statusCode) ?? ((await contains(response, promised)) ? null : 'portal_suspected')
  return { statusCode, code, evidence: `HTTP ${statusCode}${code && isSuccess(statusCode) ? ', foreign body' : ''}` }
}

/** Redirects and 511 (RFC 6585) are how a captive portal answers in another's place. */
function codeOf(statusCode: number): FailureCode | null {
  if (isSuccess(statusCode)) return null
  return statusCode === 511 || (statusCode >= 300 && statusCode < 400) ? 'portal_suspected' : 'backend_status'
}

function isSuccess(statusCode: number): boolean {
  return statusCode >= 200 && statusCode < 300
}

async function contains(response: IncomingMessage, promised: readonly string[]): Promise<boolean> {
  if (promised.length === 0) return true
  let body = ''
  for await (const chunk of response.setEncoding('utf8')) {
    body += chunk
    if (body.length >= MAX_BODY_LENGTH) break
  }
  return promised.every((text) => body.slice(0, MAX_BODY_LENGTH).includes(text))
}
