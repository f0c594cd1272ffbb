import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { PeerMessage, PeerSession } from '../PeerSession.ts'
import { wireFormat } from '../wire/wireFormat.ts'
import { type CreateWebRTCPeerService, messagesOf, PATIENCE, Stage, textsOf } from './Stage.ts'

export function describeMessages(create: CreateWebRTCPeerService): void {
  describe('messages', () => {
    let stage: Stage
    let [anna, bo, cleo]: PeerSession[] = []
    const off: (() => void)[] = []

    /** What a session receives during one test. */
    function inboxOf(session: PeerSession): readonly PeerMessage[] {
      const messages: PeerMessage[] = []
      off.push(session.onMessage((message) => messages.push(message)))
      return messages
    }

    beforeAll(async () => {
      stage = await Stage.open(create)
      ;[anna, bo, cleo] = await stage.meet('anna', 'bo', 'cleo')
      for (const session of [anna, bo, cleo]) messagesOf(session)
    })

    afterAll(async () => {
      for (const dispose of off) dispose()
      await stage.service.stop()
    })

    it('reach everyone as what they were sent as, with their sender', async () => {
      const [atBo, atCleo] = [inboxOf(bo!), inboxOf(cleo!)]
      await anna!.send('Mötet är öppnat. 🔔')
      await anna!.send(Uint8Array.of(0, 255, 7))
      for (const messages of [atBo, atCleo]) {
        await expect.poll(() => messages.length, PATIENCE).toBe(2)
        expect(messages[0]).toEqual({ from: 'anna', data: 'Mötet är öppnat. 🔔' })
        expect(messages[1]).toMatchObject({ from: 'anna' })
        expect([...(messages[1]!.data as Uint8Array)]).toEqual([0, 255, 7])
      }
    })

    it('go both ways, and to one peer alone', async () => {
      const [atAnna, atCleo] = [inboxOf(anna!), inboxOf(cleo!)]
      await bo!.send('bara till dig', 'anna')
      await bo!.send('till alla')
      await expect.poll(() => textsOf(atAnna), PATIENCE).toEqual(['bara till dig', 'till alla'])
      await expect.poll(() => textsOf(atCleo), PATIENCE).toEqual(['till alla'])
    })

    it('may be empty, and the next one still arrives', async () => {
      const atBo = inboxOf(bo!)
      await anna!.send('', 'bo')
      await anna!.send(new Uint8Array(), 'bo')
      await anna!.send('efter', 'bo')
      await expect.poll(() => textsOf(atBo), PATIENCE).toEqual(['', '0 bytes', 'efter'])
    })

    it('may be 60 kB and up to one byte less than 64 KiB', async () => {
      const atBo = inboxOf(bo!)
      const large = new Uint8Array(60_000).map((_, index) => index % 251)
      await anna!.send(large, 'bo')
      await anna!.send('x'.repeat(wireFormat.maxMessageBytes), 'bo')
      await expect.poll(() => atBo.length, PATIENCE).toBe(2)
      expect(Buffer.compare(atBo[0]!.data as Uint8Array, large)).toBe(0)
      expect(atBo[1]!.data).toHaveLength(wireFormat.maxMessageBytes)
    })

    it('are refused when they are larger, counted as UTF-8', async () => {
      await expect(anna!.send('å'.repeat(32_768), 'bo')).rejects.toMatchObject({
        code: 'webrtc.message_too_large',
        fault: 'caller',
        params: { sizeBytes: 65_536, limitBytes: 65_535 },
        message: expect.stringContaining('Meddelandet är för stort'),
      })
    })

    it('arrive all and in order, 500 each way at the same time', async () => {
      const [atAnna, atBo] = [inboxOf(anna!), inboxOf(bo!)]
      const numbers = Array.from({ length: 500 }, (_, index) => String(index))
      const sendAll = async (from: PeerSession, to: string) => {
        for (const number of numbers) await from.send(number, to)
      }
      await Promise.all([sendAll(anna!, 'bo'), sendAll(bo!, 'anna')])
      await expect.poll(() => textsOf(atBo), PATIENCE).toEqual(numbers)
      await expect.poll(() => textsOf(atAnna), PATIENCE).toEqual(numbers)
    })

    it('keep their order when they are not awaited, and hold the sender back', async () => {
      const atBo = inboxOf(bo!)
      const sent: number[] = []
      const sending = Array.from({ length: 30 }, async (_, index) => {
        await anna!.send(new Uint8Array(60_000).fill(index), 'bo')
        sent.push(index)
      })
      expect((await anna!.stats()).peers.every(({ bufferedBytes }) => bufferedBytes <= 65_536)).toBe(true)
      expect(sent.length).toBeLessThan(30)
      await Promise.all(sending)
      await expect.poll(() => atBo.map(({ data }) => Number(data[0])), PATIENCE).toEqual([...sent])
      expect(sent).toEqual(sent.toSorted((a, b) => a - b))
    })

    it('are refused to a peer that is not there', async () => {
      await expect(anna!.send('hej', 'nobody')).rejects.toMatchObject({
        code: 'webrtc.peer_not_connected',
        fault: 'caller',
        message: expect.stringContaining('Mottagaren är inte ansluten'),
      })
    })

    it('can be called back while they wait', async () => {
      const atBo = inboxOf(bo!)
      const cancel = new AbortController()
      const first = Array.from({ length: 5 }, () => anna!.send(new Uint8Array(60_000), 'bo'))
      const last = anna!.send('för sent', 'bo', cancel.signal)
      cancel.abort()
      await expect(last).rejects.toMatchObject({ code: 'service.cancelled' })
      await Promise.all(first)
      await anna!.send('slut', 'bo')
      await expect.poll(() => textsOf(atBo).at(-1), PATIENCE).toBe('slut')
      expect(textsOf(atBo)).not.toContain('för sent')
    })

    it('reach the other listeners when one throws, and none that has been removed', async () => {
      const removed: PeerMessage[] = []
      bo!.onMessage((message) => removed.push(message))()
      off.push(
        bo!.onMessage(() => {
          throw new Error('a faulty listener')
        }),
      )
      const atBo = inboxOf(bo!)
      await anna!.send('hörs ändå', 'bo')
      await expect.poll(() => textsOf(atBo), PATIENCE).toEqual(['hörs ändå'])
      expect(removed).toEqual([])
    })

    it('are counted', async () => {
      const before = (await anna!.stats()).peers.find(({ peerId }) => peerId === 'cleo')!
      const atCleo = inboxOf(cleo!)
      await anna!.send('12345', 'cleo')
      await expect.poll(() => atCleo.length, PATIENCE).toBe(1)
      const after = (await anna!.stats()).peers.find(({ peerId }) => peerId === 'cleo')!
      expect(after.messagesSent - before.messagesSent).toBe(1)
      expect(after.bytesSent - before.bytesSent).toBe(5)
      const received = (await cleo!.stats()).peers.find(({ peerId }) => peerId === 'anna')!
      expect(received.messagesReceived).toBeGreaterThan(0)
      expect(received.bytesReceived).toBeGreaterThan(4)
    })
  })

  describe('messages before anyone listens', () => {
    it('are kept for the first listener, the last 64 of them', async () => {
      await using stage = await Stage.open(create)
      const [anna, bo] = await stage.meet('anna', 'bo')
      for (let number = 0; number < 70; number += 1) await anna.send(String(number))
      await expect.poll(async () => (await bo.stats()).peers[0]!.messagesReceived, PATIENCE).toBe(70)
      const texts = textsOf(messagesOf(bo))
      expect(texts).toHaveLength(64)
      expect([texts[0], texts.at(-1)]).toEqual(['6', '69'])
      expect(messagesOf(bo)).toEqual([])
    })
  })
}
