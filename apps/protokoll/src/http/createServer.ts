import { isServiceError } from '@gradvis/kernel'
import { negotiateLanguage } from '@gradvis/localization'
import type { ServiceLayer } from '@gradvis/service-layer'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'

import type { ProtokollDatabase } from '../database/ProtokollDatabase.ts'
import type { AccessTokens } from './accessTokens.ts'
import { backupRoutes } from './backupRoutes.ts'
import { MAX_BODY_KIB, NOT_FOUND, refusalOf, UNAUTHORIZED } from './httpRefusals.ts'
import { networkRoutes } from './networkRoutes.ts'
import { recordRoutes } from './recordRoutes.ts'
import { roomRoutes } from './roomRoutes.ts'
import { statusOf } from './statusOf.ts'

export type ServerParts = Readonly<{ layer: ServiceLayer; database: ProtokollDatabase; tokens: AccessTokens }>

/** The HTTP side of the application. Everything below /api needs a token, and runs on behalf of its subject. */
export function createServer({ layer, database, tokens }: ServerParts): FastifyInstance {
  const server = fastify({
    bodyLimit: MAX_BODY_KIB * 1024,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) => void fail(layer, error, request, reply),
  })
  const subjects = new WeakMap<FastifyRequest, string>()
  const subjectOf = (request: FastifyRequest) => subjects.get(request) ?? ''

  server.addHook('onRequest', async (request, reply) => {
    // The route, not the address: the router decodes `/%61pi/` and finds the same routes there.
    if (!(request.routeOptions.url ?? request.url).startsWith('/api/')) return
    const subject = tokens.subjectOf(request.headers.authorization)
    if (subject !== undefined) return void subjects.set(request, subject)
    await refuse(request, reply.code(401).header('www-authenticate', 'Bearer'), UNAUTHORIZED)
  })
  // Not earlier: while a body is read, the scope would be lost.
  server.addHook('preHandler', (request, _reply, done) => layer.runAs(subjectOf(request), done))
  server.setNotFoundHandler((request, reply) => refuse(request, reply.code(404), NOT_FOUND))
  server.setErrorHandler((error, request, reply) => fail(layer, error, request, reply))

  // The nonce goes back, so that a captive portal's page is never mistaken for us.
  server.get<{ Querystring: { nonce?: string } }>('/health', ({ query }) => ({ ok: true, nonce: query.nonce ?? null }))
  for (const routes of [backupRoutes, networkRoutes, roomRoutes, recordRoutes])
    routes({ server, layer, database, subjectOf })
  return server
}

function fail(layer: ServiceLayer, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isServiceError(error)) {
    const message = layer.localizer.withLanguage(languageOf(request)).describeError(error)
    return reply.code(statusOf(error)).send({ code: error.code, message, params: error.params })
  }
  const { statusCode = 500 } = error as { statusCode?: number }
  if (statusCode < 500) return refuse(request, reply.code(statusCode), refusalOf(statusCode))
  return reply
    .code(500)
    .send({ code: 'http.failed', message: layer.localizer.withLanguage(languageOf(request)).describeError(error) })
}

function refuse(request: FastifyRequest, reply: FastifyReply, { code, text }: typeof NOT_FOUND): FastifyReply {
  return reply.send({ code, message: text[languageOf(request)] })
}

function languageOf(request: FastifyRequest) {
  return negotiateLanguage(request.headers['accept-language'])
}
