import { describe, expect, it } from 'vitest'

import { webRTCPeerContract } from '../webRTCPeerContract.ts'
import { webRTCPeerErrors } from '../webRTCPeerErrors.ts'
import { type CreateWebRTCPeerService, ROOM, Stage } from './Stage.ts'

/** What the trail has of the operations; an implementation may record more. */
function operationsOf({ trail }: Stage) {
  return trail.records.filter(({ action }) => action.startsWith(`${webRTCPeerContract.name}.`))
}

export function describeAuditing(create: CreateWebRTCPeerService): void {
  describe('the audit trail', () => {
    it('has one entry of each join and each withdrawal, of whom, by whom, and how it ended', async () => {
      await using stage = await Stage.open(create)
      const { service } = stage
      await stage.join('anna')
      await service.joinRoom({ roomId: 'board-2', peerId: 'anna', media: { audio: false } }, { actor: 'chair' })
      await service.getRoom({ roomId: ROOM })
      await service.withdrawConsent({ peerId: 'anna' })
      await service.withdrawConsent({ peerId: 'anna', roomId: ROOM })
      const { implementation } = stage.context
      const constant = { service: 'WebRTCPeerService', implementation, outcome: 'ok', subject: 'anna' }
      const [join, withdraw] = ['WebRTCPeerService.joinRoom', 'WebRTCPeerService.withdrawConsent']
      const expected = [
        { action: join, details: { audio: true, consented: true } },
        { action: join, actor: 'chair', details: { audio: false, consented: false } },
        { action: withdraw, details: { everyRoom: true } },
        { action: withdraw, details: { everyRoom: false } },
      ]
      expect(operationsOf(stage)).toEqual(expected.map((entry) => Object.assign(entry, constant)))
    })

    it('has the code of what was refused, cancelled or failed', async () => {
      const failure = webRTCPeerErrors.create('signalling_unreachable', {})
      await using stage = await Stage.open(create, { signalling: { join: () => Promise.reject(failure) } })
      const { service } = stage
      const calls = [
        () => service.joinRoom({ roomId: ROOM, peerId: 'bo' }),
        () => stage.join('bo', {}, AbortSignal.abort()),
        () => stage.join('bo'),
        () => service.withdrawConsent({ peerId: '' }),
        () => service.withdrawConsent(null as never),
      ]
      for (const call of calls) await expect(call()).rejects.toThrow(Error)
      const ended = operationsOf(stage).map(({ outcome, code, subject }) => [outcome, code, subject])
      expect(ended).toEqual([
        ['refused', 'media.consent_missing', 'bo'],
        ['cancelled', 'service.cancelled', 'bo'],
        ['fault', 'webrtc.signalling_unreachable', 'bo'],
        ['refused', 'service.invalid_input', undefined],
        ['refused', 'service.invalid_input', undefined],
      ])
    })
  })
}
