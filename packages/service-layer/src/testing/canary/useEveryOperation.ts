import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { BackupService } from '@gradvis/backup-service'
import type { InputOf } from '@gradvis/base-service'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'

import type { ServiceLayer } from '../../ServiceLayer.ts'
import type { Canary } from './Canary.ts'

/** What a call came to. */
export type Called = Readonly<{ operation: string; error: unknown }>

/** Calls every operation of every service with personal data wherever there is room for any, well and badly. */
export async function useEveryOperation(
  layer: ServiceLayer,
  canary: Canary,
  folder: string,
): Promise<readonly Called[]> {
  const called: Called[] = []
  const call = async (operation: string, work: () => Promise<unknown>): Promise<unknown> => {
    try {
      const answer = await work()
      called.push({ operation, error: undefined })
      return answer
    } catch (error) {
      called.push({ operation, error })
      return undefined
    }
  }
  await layer.runAs(canary.personnummer, async () => {
    await useBackups(layer, canary, folder, call)
    await useNetwork(layer, canary, call)
    await useRooms(layer, canary, call)
  })
  return called
}

type Call = (operation: string, work: () => Promise<unknown>) => Promise<unknown>

async function useBackups(layer: ServiceLayer, canary: Canary, folder: string, call: Call): Promise<void> {
  const backups = layer.get(BackupService)
  const subject = canary.email
  const own = join(folder, canary.name)
  await mkdir(own, { recursive: true })
  await writeFile(join(own, `${canary.personnummer}.txt`), Object.values(canary).join(' '))
  const sources: InputOf<typeof BackupService.contract.operations.createBackup>['sources'] = [
    { kind: 'records' },
    { kind: 'folder', path: own },
  ]
  const made = (await call('createBackup', () => backups.createBackup({ subject, type: 'meeting', sources }))) as
    | { id: string }
    | undefined
  const backupId = made?.id ?? crypto.randomUUID()
  const target = { kind: 'folder', path: join(folder, canary.phone) } as const
  await call('listBackups', () => backups.listBackups({ subject }))
  await call('verifyBackup', () => backups.verifyBackup({ subject, backupId }))
  await call('restoreBackup', () => backups.restoreBackup({ subject, backupId, target }))
  await call('restoreBackup', () => backups.restoreBackup({ subject, backupId, target: { kind: 'application' } }))
  await call('getRetentionPolicy', () => backups.getRetentionPolicy())
  await call('setRetentionPolicy', () => backups.setRetentionPolicy({ daily: 7, weekly: 4, monthly: 12 }))
  await call('applyRetention', () => backups.applyRetention({ subject }))
  await call('deleteBackup', () => backups.deleteBackup({ subject, backupId }))
  await refuseBackups(layer, canary, folder, call)
  await call('eraseSubject', () => backups.eraseSubject({ subject }))
}

async function refuseBackups(layer: ServiceLayer, canary: Canary, folder: string, call: Call): Promise<void> {
  const backups = layer.get(BackupService)
  const { email, personnummer, token, card } = canary
  const unknown = { subject: personnummer, backupId: crypto.randomUUID() }
  const strange = { [personnummer]: email, subject: token, backupId: card, type: personnummer, limit: card } as never
  const outside = { kind: 'folder', path: join('/', personnummer, email) } as const
  const missing = { kind: 'folder', path: join(folder, email, personnummer) } as const
  const full = { kind: 'folder', path: join(folder, canary.name) } as const
  await call('createBackup', () => backups.createBackup({ subject: personnummer, sources: [outside] }))
  await call('createBackup', () => backups.createBackup({ subject: personnummer, sources: [missing] }))
  await call('createBackup', () =>
    backups.createBackup({ subject: personnummer, sources: [{ kind: 'records', types: ['unknown'] }] }),
  )
  // The application's own source fails, and says of whom it could not read what.
  await call('createBackup', () => backups.createBackup({ subject: FAILING, sources: [{ kind: 'records' }] }))
  await call('verifyBackup', () => backups.verifyBackup(unknown))
  await call('restoreBackup', () => backups.restoreBackup({ ...unknown, target: outside }))
  await call('restoreBackup', () => backups.restoreBackup({ ...unknown, target: full }))
  for (const operation of Object.keys(BackupService.contract.operations) as (keyof BackupService)[])
    await call(operation, () => backups[operation](strange))
}

/** The subject whose records cannot be read. */
export const FAILING = 'failing'

async function useNetwork(layer: ServiceLayer, canary: Canary, call: Call): Promise<void> {
  const network = layer.get(NetworkConnectivityService)
  const listener = () => {
    throw new Error(Object.values(canary).join(' '))
  }
  const opened = (await call('subscribe', () => network.subscribe({ listener }))) as { close(): Promise<void> }
  await call('startMonitoring', () => network.startMonitoring())
  await call('checkBackend', () => network.checkBackend())
  await call('diagnose', () => network.diagnose())
  await call('getStatus', () => network.getStatus())
  await call('isOnline', () => network.isOnline())
  await call('stopMonitoring', () => network.stopMonitoring())
  await opened.close()
  const strange = { [canary.personnummer]: canary.email, listener: canary.phone } as never
  for (const operation of Object.keys(NetworkConnectivityService.contract.operations))
    await call(operation, () => network[operation as keyof NetworkConnectivityService](strange))
}

async function useRooms(layer: ServiceLayer, canary: Canary, call: Call): Promise<void> {
  const peers = layer.get(WebRTCPeerService)
  const roomId = canary.email
  const consent = { purposes: ['audio'], version: '2025-01', givenAt: 0 } as const
  const join = (peerId: string, version = consent.version as string) =>
    peers.joinRoom({ roomId, peerId, consent: { ...consent, version } })
  await call('joinRoom', () => join(canary.name, canary.token))
  await call('joinRoom', () => join(canary.name, canary.personnummer))
  const first = (await call('joinRoom', () => join(canary.personnummer))) as Awaited<ReturnType<typeof join>>
  const second = (await call('joinRoom', () => join(canary.card))) as Awaited<ReturnType<typeof join>>
  const message = Object.values(canary).join(' ')
  first.onMessage(() => {
    throw new Error(message)
  })
  await call('send', () => second.send(message))
  await call('send', () => second.send(message, canary.personnummer))
  await call('send', () => second.send(message, canary.name))
  await call('getRoom', () => peers.getRoom({ roomId }))
  await call('withdrawConsent', () => peers.withdrawConsent({ peerId: canary.personnummer }))
  await call('unmute', async () => first.unmute())
  await call('sendAudio', async () => first.sendAudio({ payload: message } as never))
  await call('joinRoom', () => peers.joinRoom({ roomId, peerId: canary.name }))
  await first.leave()
  await second.leave()
  await call('send', () => second.send(message))
  const strange = { [canary.personnummer]: canary.email, roomId: canary.phone, peerId: canary.phone } as never
  for (const operation of Object.keys(WebRTCPeerService.contract.operations))
    await call(operation, () => peers[operation as keyof WebRTCPeerService](strange))
}
