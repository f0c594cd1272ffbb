import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import type { Observer } from '@gradvis/base-service'
import { parseEnvironment, type PlanData } from '@gradvis/feature-flags'
import { clockStartingAt, type LogLevel, systemClock } from '@gradvis/kernel'
import type { RolloutStore } from '@gradvis/rollout'
import { openRolloutStore } from '@gradvis/rollout-store'
import { createPinoLogger, createServiceLayer, type RolloutOptions, type ServiceLayer } from '@gradvis/service-layer'
import { createMemorySignalling } from '@gradvis/webrtc-peer-service'
import type { AddressInfo } from 'node:net'

import { ProtokollDatabase } from './database/ProtokollDatabase.ts'
import { backupSourceOf, restoreTargetOf } from './database/recordPorts.ts'
import { type AccessTokens, createAccessTokens } from './http/accessTokens.ts'
import { createServer } from './http/createServer.ts'

/** The rollout engine in this process. */
type ProtokollRollout = Readonly<{
  /** A path or `postgres://…`. Default: a file in the data folder. */
  location?: string | undefined
  timing?: Pick<RolloutOptions, 'tickMs' | 'pollMs' | 'probeIntervalMs'>
}>

export type ProtokollOptions = Readonly<{
  /** Epoch milliseconds at which the plan's clock stands at the start; it runs on from there. Absent: the system's. */
  now?: number | undefined
  subjects: number
  port: number
  /** Absent: a temporary folder, removed by `stop`. */
  data?: string | undefined
  env: Readonly<Record<string, string | undefined>>
  /** Default: the production plan. */
  plan?: PlanData
  /** Absent: the plan's dates alone decide. */
  rollout?: ProtokollRollout | undefined
  observer?: Observer
  logLevel?: LogLevel
}>

/** `shown` is its `location` for people: an address of a database may hold a password. */
export type OpenedStore = Readonly<{ store: RolloutStore; location: string; shown: string }>

export type Protokoll = Readonly<{
  layer: ServiceLayer
  database: ProtokollDatabase
  tokens: AccessTokens
  url: string
  /** Where the rollout's log is, if there is a rollout. It begins with `layer.start()`, which is left to the caller. */
  rollout: OpenedStore | undefined
  /** Idempotent. */
  stop: () => Promise<void>
}>

/**
 * Starts the application on the loopback interface. Throws before anything is opened when the flags of the environment are
 * wrong; for wrong keys of the audit trail when everything that was opened is closed again.
 */
export async function startProtokoll(options: ProtokollOptions): Promise<Protokoll> {
  const { subjects, port, data, env } = options
  parseEnvironment(env)
  const undo = new AsyncDisposableStack()
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= undo.disposeAsync())
  try {
    const folder = data === undefined ? await mkdtemp(join(tmpdir(), 'protokoll-')) : resolve(data)
    if (data === undefined) undo.defer(() => rm(folder, { recursive: true, force: true }))
    await mkdir(folder, { recursive: true })
    const database = undo.use(new ProtokollDatabase(join(folder, 'protokoll.db')))
    database.generate(subjects)
    const rollout = await openStore(options, folder)
    undo.defer(() => rollout?.store.close())
    const endpoints: Endpoint[] = []
    const layer = createLayer(options, { folder, database, endpoints, rollout })
    undo.defer(() => layer.stop())
    const tokens = createAccessTokens(env['PROTOKOLL_TOKEN_SECRET'])
    const server = createServer({ layer, database, tokens, logger: loggerOf(options) })
    undo.defer(() => server.close())
    await server.listen({ host: '127.0.0.1', port })
    const url = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
    // Services are made at their first call, which comes after the port is known.
    endpoints.push({ name: 'protokoll', url: `${url}/health`, echo: true })
    return { layer, database, tokens, url, rollout, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Endpoint = Readonly<{ name: string; url: string; echo: boolean }>
type LayerParts = Readonly<{
  folder: string
  database: ProtokollDatabase
  /** Filled once the port is known. */
  endpoints: readonly Endpoint[]
  rollout: OpenedStore | undefined
}>

function createLayer(options: ProtokollOptions, { folder, database, endpoints, rollout }: LayerParts): ServiceLayer {
  const { env, plan, observer } = options
  return createServiceLayer({
    env,
    clock: clockOf(options),
    logger: loggerOf(options),
    backup: {
      storeFolder: join(folder, 'backups'),
      source: backupSourceOf(database),
      restoreTarget: restoreTargetOf(database),
    },
    network: { endpoints },
    webrtc: { signalling: createMemorySignalling(), additionalHostAddresses: ['127.0.0.1'] },
    ...(plan && { plan }),
    ...(observer && { observer }),
    // The store is open already, so the layer cannot know by itself where the audit trail belongs.
    ...(rollout && { rollout: { ...options.rollout?.timing, store: rollout.store }, audit: rollout.location }),
  })
}

async function openStore(options: ProtokollOptions, folder: string): Promise<OpenedStore | undefined> {
  if (options.rollout === undefined) return undefined
  const { location = join(folder, 'rollout.db') } = options.rollout
  const store = await openRolloutStore(location, { clock: clockOf(options), logger: loggerOf(options) })
  return { store, location, shown: location.replace(/^(postgres(?:ql)?:\/\/).*/, '$1…') }
}

function clockOf({ now }: ProtokollOptions) {
  return now === undefined ? systemClock : clockStartingAt(now)
}

function loggerOf({ logLevel = 'warn' }: ProtokollOptions) {
  return createPinoLogger({ level: logLevel })
}
