import type { ServiceLayer } from '@gradvis/service-layer'
import type { FastifyInstance, FastifyRequest } from 'fastify'

import type { ProtokollDatabase } from '../database/ProtokollDatabase.ts'

/** What a group of routes is given. */
export type HttpContext = Readonly<{
  server: FastifyInstance
  layer: ServiceLayer
  database: ProtokollDatabase
  /** The authenticated subject of a request. */
  subjectOf: (request: FastifyRequest) => string
}>
