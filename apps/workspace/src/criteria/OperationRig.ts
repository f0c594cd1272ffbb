import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { BackupService } from '@gradvis/backup-service'
import { type Implementation, silentLogger } from '@gradvis/kernel'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import { createServiceLayer, type ServiceLayer } from '@gradvis/service-layer'
import { createMemorySignalling, WebRTCPeerService } from '@gradvis/webrtc-peer-service'

/** One operation of a service as the application calls it. */
export type Timed = Readonly<{
  /** Of the contract. */
  service: string
  operation: string
  /** Calls in one sample, so that a sample is long against the clock's resolution. */
  calls: number
  run: () => Promise<unknown>
  /** After each call, outside the measurement. */
  after?: (result: unknown) => Promise<unknown>
}>

const FILE_COUNT = 20
const FILE_BYTES = 32 * 1024
const ENVIRONMENTS = {
  legacy: { NODE_ENV: 'production', FORCE_LEGACY_SERVICES: 'true' },
  migrated: { NODE_ENV: 'development' },
} as const satisfies Record<Implementation, object>

/** Both sides of every service in one process, each in a layer of its own, with the same work to do. */
export class OperationRig implements AsyncDisposable {
  readonly #folder: string
  readonly #server: Server
  readonly #layers: ServiceLayer[] = []

  private constructor(folder: string, server: Server) {
    this.#folder = folder
    this.#server = server
  }

  static async open(): Promise<OperationRig> {
    const folder = await mkdtemp(join(tmpdir(), 'gradvis-criteria-'))
    await mkdir(join(folder, 'files'))
    for (let index = 0; index < FILE_COUNT; index += 1)
      await writeFile(join(folder, 'files', `${index}.txt`), `protokoll ${index} `.repeat(FILE_BYTES / 13))
    const server = createServer((_request, response) => response.end('ok'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return new OperationRig(folder, server)
  }

  /** Throws when the layer would not call that side. */
  async operationsOf(side: Implementation): Promise<readonly Timed[]> {
    const layer = this.#open(side)
    for (const token of [BackupService, NetworkConnectivityService, WebRTCPeerService]) {
      const { implementation } = layer.explain(token, 'criteria').decision
      if (implementation !== side) throw new Error(`${token.name} is on ${implementation}, not on ${side}`)
    }
    return [...(await this.#backup(layer)), ...network(layer), ...(await webrtc(layer))]
  }

  #open(side: Implementation): ServiceLayer {
    const { port } = this.#server.address() as AddressInfo
    const layer = createServiceLayer({
      env: ENVIRONMENTS[side],
      logger: silentLogger,
      backup: { storeFolder: join(this.#folder, side), sourceRoots: [this.#folder], restoreRoots: [this.#folder] },
      network: { endpoints: [{ name: 'backend', url: `http://127.0.0.1:${port}/` }] },
      webrtc: { signalling: createMemorySignalling(), additionalHostAddresses: ['127.0.0.1'] },
    })
    this.#layers.push(layer)
    return layer
  }

  async #backup(layer: ServiceLayer): Promise<readonly Timed[]> {
    const service = layer.get(BackupService)
    const subject = 'criteria'
    const sources = [{ kind: 'folder' as const, path: join(this.#folder, 'files') }]
    const create = () => service.createBackup({ subject, sources })
    const kept = await create()
    const remove = (made: unknown) => service.deleteBackup({ subject, backupId: (made as typeof kept).id })
    const named = { service: 'BackupService', calls: 1 }
    return [
      { ...named, operation: 'createBackup', run: create, after: remove },
      { ...named, operation: 'verifyBackup', run: () => service.verifyBackup({ subject, backupId: kept.id }) },
      { ...named, operation: 'listBackups', calls: 20, run: () => service.listBackups({ subject }) },
    ]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#layers.map((layer) => layer.stop()))
    this.#server.closeAllConnections()
    this.#server.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}

function network(layer: ServiceLayer): readonly Timed[] {
  const service = layer.get(NetworkConnectivityService)
  const named = { service: 'NetworkConnectivityService' }
  return [
    { ...named, operation: 'checkBackend', calls: 4, run: () => service.checkBackend() },
    { ...named, operation: 'diagnose', calls: 4, run: () => service.diagnose() },
    { ...named, operation: 'getStatus', calls: 500, run: () => service.getStatus() },
  ]
}

async function webrtc(layer: ServiceLayer): Promise<readonly Timed[]> {
  const service = layer.get(WebRTCPeerService)
  const named = { service: 'WebRTCPeerService' }
  const roomId = 'criteria'
  const join = (peerId: string) => service.joinRoom({ roomId, peerId, media: { audio: false } })
  const host = await join('a')
  const close = (session: unknown) => (session as typeof host).close()
  const member = () => join('b')
  return [
    { ...named, operation: 'joinRoom', calls: 1, run: member, after: close },
    { ...named, operation: 'getRoom', calls: 500, run: () => service.getRoom({ roomId }) },
  ]
}
