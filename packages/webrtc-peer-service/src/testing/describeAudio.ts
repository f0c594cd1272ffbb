import { describe, expect, it } from 'vitest'

import type { PeerAudio, PeerSession } from '../PeerSession.ts'
import {
  audioPacket,
  type CreateWebRTCPeerService,
  messagesOf,
  PATIENCE,
  ROOM,
  sendAudioUntil,
  Stage,
  textsOf,
} from './Stage.ts'

/** What the listener hears, by sender. */
export function audioOf(session: PeerSession): PeerAudio[] {
  const heard: PeerAudio[] = []
  session.onAudio((audio) => heard.push(audio))
  return heard
}

/**
 * Sends twenty packets and then a message; when that is there, whatever was going to come has come, for a closed gate
 * lets nothing out and an open one is ahead of the message.
 */
export async function expectSilence(from: PeerSession, to: PeerSession, heard: readonly PeerAudio[]): Promise<void> {
  const before = heard.length
  const passed = Array.from({ length: 20 }, (_, index) => from.sendAudio(audioPacket(index)))
  const after = messagesOf(to)
  await from.send('after')
  await expect.poll(() => textsOf(after), PATIENCE).toContain('after')
  await new Promise((resolve) => {
    setImmediate(resolve)
  })
  expect(passed).not.toContain(true)
  expect(heard.length).toBe(before)
}

export function describeAudio(create: CreateWebRTCPeerService): void {
  describe('audio', () => {
    it('flows both ways with its numbering and its bytes', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo] = await stage.meet('anna', 'bo')
      const [atAnna, atBo] = [audioOf(anna), audioOf(bo)]
      await sendAudioUntil(anna, () => atBo.length >= 20)
      await sendAudioUntil(bo, () => atAnna.length >= 20)
      for (const [heard, from] of [
        [atAnna, 'bo'],
        [atBo, 'anna'],
      ] as const) {
        const { packet } = heard[10]!
        expect(heard[10]).toMatchObject({ from })
        expect({ ...packet, payload: [...packet.payload] }).toEqual({
          ...audioPacket(packet.sequenceNumber),
          payload: [...audioPacket(packet.sequenceNumber).payload],
        })
      }
      const [stats] = (await anna.stats()).peers
      expect(stats!.audioPacketsSent).toBeGreaterThanOrEqual(20)
      expect(stats!.audioPacketsReceived).toBe(atAnna.length)
    })

    it('stops for real when muted, and comes back', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo] = await stage.meet('anna', 'bo')
      const heard = audioOf(bo)
      await sendAudioUntil(anna, () => heard.length >= 5)
      anna.mute()
      anna.mute()
      expect(anna.audio).toBe('muted')
      await expect.poll(() => bo.peers()[0]?.audio, PATIENCE).toBe('muted')
      await expectSilence(anna, bo, heard)
      anna.unmute()
      await expect.poll(() => bo.peers()[0]?.audio, PATIENCE).toBe('live')
      const before = heard.length
      await sendAudioUntil(anna, () => heard.length >= before + 5)
    })

    it('stops at once when consent is withdrawn, and cannot be turned on again', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo] = await stage.meet('anna', 'bo')
      const heard = audioOf(bo)
      await sendAudioUntil(anna, () => heard.length >= 5)
      expect(await stage.service.withdrawConsent({ peerId: 'anna', roomId: ROOM })).toEqual({ sessions: 1 })
      expect(anna.audio).toBe('withheld')
      await expect.poll(() => bo.peers()[0]?.audio, PATIENCE).toBe('withheld')
      await expectSilence(anna, bo, heard)
      expect(() => anna.unmute()).toThrow(expect.objectContaining({ code: 'media.consent_missing' }))
      expect(bo.audio).toBe('live')
    })

    it('stays withdrawn however often it is withdrawn, in one room or in all', async () => {
      await using stage = await Stage.open(create)
      const [first, second] = [await stage.join('anna'), await stage.join('anna', { roomId: 'board-2' })]
      expect(await stage.service.withdrawConsent({ peerId: 'anna', roomId: ROOM })).toEqual({ sessions: 1 })
      expect([first.audio, second.audio]).toEqual(['withheld', 'live'])
      expect(await stage.service.withdrawConsent({ peerId: 'anna' })).toEqual({ sessions: 2 })
      expect(await stage.service.withdrawConsent({ peerId: 'anna' })).toEqual({ sessions: 2 })
      expect(second.audio).toBe('withheld')
      expect(await stage.service.withdrawConsent({ peerId: 'nobody' })).toEqual({ sessions: 0 })
    })

    it('is not sent by a participant who asked for none', async () => {
      await using stage = await Stage.open(create)
      const bo = await stage.join('bo')
      const anna = await stage.join('anna', { media: { audio: false } })
      const heard = audioOf(bo)
      await expect.poll(() => bo.peers()[0], PATIENCE).toMatchObject({ state: 'connected', audio: 'withheld' })
      await expectSilence(anna, bo, heard)
    })

    it('passes to nobody when nobody is there', async () => {
      await using stage = await Stage.open(create)
      const anna = await stage.join('anna')
      expect(anna.sendAudio(audioPacket(1))).toBe(false)
    })

    it.each([
      ['an empty payload', { payload: new Uint8Array() }],
      ['a payload of more than 1,200 bytes', { payload: new Uint8Array(1_201) }],
      ['a sequence number of 17 bits', { sequenceNumber: 65_536 }],
      ['a negative timestamp', { timestamp: -1 }],
      ['a timestamp that is no integer', { timestamp: 0.5 }],
    ])('refuses %s', async (_what, fault) => {
      await using stage = await Stage.open(create)
      const anna = await stage.join('anna')
      expect(() => anna.sendAudio({ ...audioPacket(1), ...fault })).toThrow(
        expect.objectContaining({
          code: 'webrtc.invalid_audio_packet',
          fault: 'caller',
          message: expect.stringContaining('Ljudpaketet är ogiltigt'),
        }),
      )
    })
  })
}
