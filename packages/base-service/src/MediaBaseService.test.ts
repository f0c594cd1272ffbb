import { describe, expect, it, vi } from 'vitest'

import { defineContract } from './contract/Contract.ts'
import { MediaBaseService } from './MediaBaseService.ts'
import type { MediaConstraints } from './media/MediaConstraints.ts'
import type { ServiceContext } from './ServiceContext.ts'
import { createTestContext } from './testing/createTestContext.ts'

const contract = defineContract('StudioService', {})

class Studio extends MediaBaseService<typeof contract> {
  constructor(context: ServiceContext) {
    super(contract, context)
  }

  join(key: string, stopTrack: () => void): void {
    this.consents.give(key, { purposes: ['audio', 'recording'], version: '1', givenAt: this.context.clock.now() })
    this.tracks.register(stopTrack)
  }

  record(participants: readonly string[]): void {
    this.requireRecordingConsent(participants)
  }

  media(wished?: Partial<MediaConstraints>): MediaConstraints {
    return this.constraints(wished)
  }

  get held(): number {
    return this.consents.size + this.tracks.size
  }
}

describe('MediaBaseService', () => {
  it('has sound only, unless video is asked for', () => {
    const studio = new Studio(createTestContext())
    expect([studio.media(), studio.media({ video: true })]).toEqual([
      { audio: true, video: false },
      { audio: true, video: true },
    ])
  })

  it('stops every track and forgets every consent when it stops', async () => {
    const studio = new Studio(createTestContext())
    await studio.start()
    const stops = [vi.fn(), vi.fn()]
    stops.forEach((stop, index) => studio.join(`p${index}`, stop))
    await studio.stop()
    expect(stops.map((stop) => stop.mock.calls.length)).toEqual([1, 1])
    expect(studio.held).toBe(0)
  })

  it('records nobody without the consent of everyone present', () => {
    const studio = new Studio(createTestContext())
    studio.join('p1', () => {})
    expect(() => studio.record(['p1'])).not.toThrow()
    for (const present of [['p1', 'p2'], []])
      expect(() => studio.record(present)).toThrow(expect.objectContaining({ code: 'media.consent_missing' }))
  })
})
