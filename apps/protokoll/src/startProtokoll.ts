import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { parseEnvironment } from '@gradvis/feature-flags'
import { clockStartingAt } from '@gradvis/kernel'
import { createPinoLogger, createServiceLayer, type ServiceLayer } from '@gradvis/service-layer'
import { createMemorySignalling } from '@gradvis/webrtc-peer-service'
import type { AddressInfo } from 'node:net'

import { ProtokollDatabase } from './database/ProtokollDatabase.ts'
import { backupSourceOf, restoreTargetOf } from './database/recordPorts.ts'
import { type AccessTokens, createAccessTokens } from './http/accessTokens.ts'
import { createServer } from './http/createServer.ts'

export type ProtokollOptions = Readonly<{
  /** Epoch milliseconds at which the plan's clock stands at the start; it runs on from there. */
  now: number
  subjects: number
  port: number
  /** Absent: a temporary folder, removed by `stop`. */
  data?: string | undefined
  env: Readonly<Record<string, string | undefined>>
}>

export type Protokoll = Readonly<{
  layer: ServiceLayer
  database: ProtokollDatabase
  tokens: AccessTokens
  url: string
  /** Idempotent. */
  stop: () => Promise<void>
}>

/** Starts the application on the loopback interface. Throws before anything is opened when the environment is wrong. */
export async function startProtokoll({ now, subjects, port, data, env }: ProtokollOptions): Promise<Protokoll> {
  parseEnvironment(env)
  const folder = data === undefined ? await mkdtemp(join(tmpdir(), 'protokoll-')) : resolve(data)
  await mkdir(folder, { recursive: true })
  const database = new ProtokollDatabase(join(folder, 'protokoll.db'))
  database.generate(subjects)
  const tokens = createAccessTokens(env['PROTOKOLL_TOKEN_SECRET'])
  const endpoints: { name: string; url: string; echo: boolean }[] = []
  const logger = createPinoLogger({ level: 'warn' })
  const layer = createServiceLayer({
    env,
    clock: clockStartingAt(now),
    logger,
    backup: {
      storeFolder: join(folder, 'backups'),
      source: backupSourceOf(database),
      restoreTarget: restoreTargetOf(database),
    },
    network: { endpoints },
    webrtc: { signalling: createMemorySignalling(), additionalHostAddresses: ['127.0.0.1'] },
  })
  const server = createServer({ layer, database, tokens, logger })
  const stopAll = async () => {
    await server.close()
    await layer.stop()
    database[Symbol.dispose]()
    if (data === undefined) await rm(folder, { recursive: true, force: true })
  }
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= stopAll())
  try {
    await server.listen({ host: '127.0.0.1', port })
  } catch (error) {
    await stop()
    throw error
  }
  const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  // Services are made at their first call, which comes after the port is known.
  endpoints.push({ name: 'protokoll', url: `${url}/health`, echo: true })
  return { layer, database, tokens, url, stop }
}
