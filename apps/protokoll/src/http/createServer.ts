import { isServiceError, type Logger } from '@gradvis/kernel'
import type { ServiceLayer } from '@gradvis/service-layer'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'

import type { ProtokollDatabase } from '../database/ProtokollDatabase.ts'
import type { AccessTokens } from './accessTokens.ts'
import { backupRoutes } from './backupRoutes.ts'
import { httpErrors, MAX_BODY_KIB } from './httpErrors.ts'
import { networkRoutes } from './networkRoutes.ts'
import { refusalOf } from './refusalOf.ts'
import { languageOf, refuse } from './refuse.ts'
import { recordRoutes } from './recordRoutes.ts'
import { rolloutRoutes } from './rolloutRoutes.ts'
import { roomRoutes } from './roomRoutes.ts'
import { statusOf } from './statusOf.ts'

export type ServerParts = Readonly<{
  layer: ServiceLayer
  database: ProtokollDatabase
  tokens: AccessTokens
  logger: Logger
}>

/** The HTTP side of the application. Everything below /api needs a token, and runs on behalf of its subject. */
export function createServer({ layer, database, tokens, logger }: ServerParts): FastifyInstance {
  const server = fastify({
    bodyLimit: MAX_BODY_KIB * 1024,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void fail({ layer, logger }, error, request, reply),
  })
  const subjects = new WeakMap<FastifyRequest, string>()
  const subjectOf = (request: FastifyRequest) => {
    const subject = subjects.get(request)
    // Only a route that the token check has missed gets here: better no answer than one for nobody.
    if (subject === undefined) throw new Error('the request has no subject')
    return subject
  }

  server.addHook('onRequest', async (request, reply) => {
    // The route, not the address: the router decodes `/%61pi/` and finds the same routes there.
    if (!(request.routeOptions.url ?? request.url).startsWith('/api/')) return
    const subject = tokens.subjectOf(request.headers.authorization)
    if (subject !== undefined) return void subjects.set(request, subject)
    await refuse(request, reply.code(401).header('www-authenticate', 'Bearer'), httpErrors.create('unauthorized', {}))
  })
  // Not earlier: while a body is read, the scope would be lost.
  server.addHook('preHandler', (request, _reply, done) => {
    const subject = subjects.get(request)
    if (subject === undefined) done()
    else layer.runAs(subject, done)
  })
  server.setNotFoundHandler((request, reply) => refuse(request, reply.code(404), httpErrors.create('not_found', {})))
  server.setErrorHandler((error, request, reply) => fail({ layer, logger }, error, request, reply))

  // The nonce goes back, so that a captive portal's page is never mistaken for us.
  server.get<{ Querystring: { nonce?: string } }>('/health', ({ query }) => ({ ok: true, nonce: query.nonce ?? null }))
  for (const routes of [backupRoutes, networkRoutes, roomRoutes, recordRoutes, rolloutRoutes])
    routes({ server, layer, database, subjectOf })
  return server
}

type Reporting = Pick<ServerParts, 'layer' | 'logger'>

function fail(
  { layer, logger }: Reporting,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  // The route's pattern and the code: an address and a message may hold personal data.
  const failed = (code: string) => logger.error('request failed', { route: request.routeOptions.url, code })
  if (isServiceError(error)) {
    if (error.fault === 'service') failed(error.code)
    const message = layer.localizer.withLanguage(languageOf(request)).describeError(error)
    return reply.code(statusOf(error)).send({ code: error.code, message, params: error.params })
  }
  const { statusCode = 500 } = error as { statusCode?: number }
  if (statusCode < 500) return refuse(request, reply.code(statusCode), refusalOf(statusCode))
  failed(error instanceof Error ? error.name : 'unknown')
  return reply
    .code(500)
    .send({ code: 'http.failed', message: layer.localizer.withLanguage(languageOf(request)).describeError(error) })
}
