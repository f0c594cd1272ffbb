import { BackupService } from '@gradvis/backup-service'
import { NetworkConnectivityService } from '@gradvis/network-connectivity-service'
import { WebRTCPeerService } from '@gradvis/webrtc-peer-service'

import type { HttpContext } from './HttpContext.ts'

/** The application's own data, and which side serves the caller now and why. */
export function recordRoutes({ server, layer, database, subjectOf }: HttpContext): void {
  server.get('/api/meetings', (request) => database.records(subjectOf(request), 'meeting'))
  server.get('/api/protocols', (request) => database.records(subjectOf(request), 'protocol'))
  server.get('/api/settings', (request) => database.records(subjectOf(request), 'user_settings'))

  server.get('/api/decisions', (request) => {
    const tokens = [BackupService, NetworkConnectivityService, WebRTCPeerService]
    return Object.fromEntries(tokens.map((token) => [token.contract.name, layer.explain(token, subjectOf(request))]))
  })

  server.delete('/api/subject', async (request) => {
    const subject = subjectOf(request)
    const erased = await layer.get(BackupService).eraseSubject({ subject })
    return { ...erased, records: database.erase(subject) }
  })
}
