import { Socket } from 'node:dgram'
import { promises as dns } from 'node:dns'
import { networkInterfaces } from 'node:os'

import { createTestContext } from '@gradvis/base-service/testing'
import { afterEach, describe, expect, it, vi } from 'vitest'

import { createMemorySignalling, waitForPeer } from './index.ts'
import { createLegacyWebRTCPeerService } from './legacy/index.ts'
import { createMigratedWebRTCPeerService } from './migrated/index.ts'

const SIDES = { legacy: createLegacyWebRTCPeerService, migrated: createMigratedWebRTCPeerService }

afterEach(() => vi.restoreAllMocks())

describe('privacy', () => {
  it.each(Object.entries(SIDES))(
    '%s: a meeting without configured servers asks no name server and sends nothing beyond this machine',
    async (_side, create) => {
      const sent = vi.spyOn(Socket.prototype, 'send')
      const looked = vi.spyOn(dns, 'lookup')
      const options = { signalling: createMemorySignalling(), additionalHostAddresses: ['127.0.0.1'] }
      const service = create(createTestContext(), options)
      await service.start()
      const join = (peerId: string) => service.joinRoom({ roomId: 'room', peerId, media: { audio: false } })
      const [first, second] = await Promise.all([join('a'), join('b')])
      await Promise.all([waitForPeer(first, 'b'), waitForPeer(second, 'a')])
      await service.stop()

      expect(looked).not.toHaveBeenCalled()
      const addresses = Object.values(networkInterfaces()).flatMap((interfaces) => interfaces ?? [])
      const own = new Set(addresses.map(({ address }) => address))
      const destinations = sent.mock.calls.map((call) => call.findLast((argument) => typeof argument === 'string'))
      expect(destinations.length).toBeGreaterThan(10)
      expect(destinations.filter((address) => address === undefined || !own.has(address))).toEqual([])
    },
  )
})
