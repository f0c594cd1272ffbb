import type { ServiceError } from '@gradvis/kernel'
import { negotiateLanguage } from '@gradvis/localization'
import type { FastifyReply, FastifyRequest } from 'fastify'

import { createTexts } from '../texts/createTexts.ts'

const texts = createTexts('sv')

/** Answers a refusal of the HTTP side in the caller's language. The status is set by whoever refuses. */
export function refuse(request: FastifyRequest, reply: FastifyReply, refusal: ServiceError): FastifyReply {
  const { code, params } = refusal
  return reply.send({ code, message: texts.withLanguage(languageOf(request)).describeError(refusal), params })
}

export function languageOf(request: FastifyRequest) {
  return negotiateLanguage(request.headers['accept-language'])
}
