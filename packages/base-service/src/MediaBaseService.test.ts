import { ManualClock } from '@gradvis/kernel/testing'
import type { AuditRecord, ConsentPurpose } from '@gradvis/privacy'
import { RecordingAuditTrail } from '@gradvis/privacy/testing'
import { describe, expect, it, vi } from 'vitest'

import { defineContract } from './contract/Contract.ts'
import { MediaBaseService, type MediaServiceOptions } from './MediaBaseService.ts'
import type { MediaConstraints } from './media/MediaConstraints.ts'
import type { RecordedRoom } from './media/recording/RecordedRoom.ts'
import type { RecordingSink } from './media/recording/RecordingSink.ts'
import type { ServiceContext } from './ServiceContext.ts'
import { createTestContext } from './testing/createTestContext.ts'
import { MemoryRecordingSink } from './testing/MemoryRecordingSink.ts'
import { TestRoom } from './testing/TestRoom.ts'

const contract = defineContract('StudioService', {})

class Studio extends MediaBaseService<typeof contract> {
  constructor(context: ServiceContext, options?: MediaServiceOptions) {
    super(contract, context, options)
  }

  join(key: string, stopTrack: () => void, ...purposes: ConsentPurpose[]): void {
    this.consents.give(key, { purposes, version: '1', givenAt: this.context.clock.now() })
    this.tracks.register(stopTrack)
  }

  withdraw(key: string): void {
    this.consents.withdraw(key)
  }

  allows(key: string, purpose: ConsentPurpose): boolean {
    return this.consents.allows(key, purpose)
  }

  audited(): Promise<void> {
    return this.consentsAudited()
  }

  tape(room: RecordedRoom, sink: RecordingSink = new MemoryRecordingSink()) {
    return this.record(room, sink)
  }

  media(wished?: Partial<MediaConstraints>): MediaConstraints {
    return this.constraints(wished)
  }

  get held(): number {
    return this.consents.size + this.tracks.size
  }

  protected override participantOf(key: string): string {
    return `participant ${key}`
  }
}

async function setUp(overrides: Partial<ServiceContext> = {}, options?: MediaServiceOptions) {
  const clock = new ManualClock()
  const trail = new RecordingAuditTrail()
  const context = createTestContext({ clock, audit: trail, ...overrides })
  const studio = new Studio(context, options)
  await studio.start()
  return { clock, trail, context, studio }
}

describe('media', () => {
  it('are sound only, unless a picture is asked for, whatever is left out', async () => {
    const { studio } = await setUp()
    const unsaid = { audio: undefined, video: undefined } as unknown as MediaConstraints
    for (const wished of [undefined, {}, unsaid]) expect(studio.media(wished)).toEqual({ audio: true, video: false })
    expect(studio.media({ video: true })).toEqual({ audio: true, video: true })
  })

  it('end with the service, and so does what it knew of consents', async () => {
    const { studio, trail, clock } = await setUp()
    const stops = [vi.fn(), vi.fn()]
    stops.forEach((stop, index) => studio.join(`p${index}`, stop, 'recording'))
    await studio.stop()
    expect(stops.map((stop) => stop.mock.calls.length)).toEqual([1, 1])
    expect([studio.held, clock.pendingTimers]).toEqual([0, 0])
    expect(trail.records.map(({ action }) => action)).toEqual(['consent.given', 'consent.given'])
  })
})

describe('a service that stops', () => {
  it('leaves no track open while a sink takes its time', async () => {
    const { studio, clock } = await setUp()
    const [stop, sink] = [vi.fn(), new MemoryRecordingSink()]
    studio.join('p1', stop, 'recording')
    const recording = studio.tape(new TestRoom('p1'), sink)
    const startMs = clock.now()
    clock.advance(10)
    await recording.write({ data: new Uint8Array(1), startMs, endMs: clock.now() })
    const closing = Promise.withResolvers<void>()
    sink.gates.set('close', closing.promise)
    const stopping = studio.stop()
    await vi.waitFor(() => expect(sink.calls).toContain('close'))
    expect(stop).toHaveBeenCalledTimes(1)
    closing.resolve()
    await stopping
    expect(await recording.ended).toMatchObject({ reason: 'service_stopped', outcome: 'kept' })
  })

  it('waits five seconds for a trail that hangs, and says so', async () => {
    const { studio, clock, context } = await setUp({ audit: { record: () => new Promise(() => {}) } })
    const stop = vi.fn()
    studio.join('p1', stop, 'audio')
    const stopping = studio.stop()
    await vi.waitFor(() => expect(stop).toHaveBeenCalled())
    await vi.waitFor(() => expect(clock.pendingTimers).toBe(1))
    clock.advance(5_000)
    await stopping
    expect(context.logger.lines).toMatchObject([{ level: 'error' }])
  })
})

describe('every change of consent', () => {
  it('is audited in order: whose, what for, and to which wording', async () => {
    const { studio, trail, clock } = await setUp({}, { consent: { audio: { validForMs: 1_000 } } })
    studio.join('p1', () => {}, 'audio', 'recording')
    clock.advance(1_000)
    studio.withdraw('p1')
    await studio.audited()
    const constant = { service: 'StudioService', implementation: 'migrated', outcome: 'ok', subject: 'participant p1' }
    const entry = (change: string, purpose: ConsentPurpose): AuditRecord =>
      Object.assign({ action: `consent.${change}`, details: { purpose, version: '1' } }, constant) as AuditRecord
    expect(trail.records).toEqual([
      entry('given', 'audio'),
      entry('given', 'recording'),
      entry('expired', 'audio'),
      entry('withdrawn', 'recording'),
    ])
  })

  it('is in force before it is audited, and although it can not be', async () => {
    const allowed: boolean[] = []
    const record = async () => {
      allowed.push(studio.allows('p1', 'audio'))
      throw new Error('the disk of somebody')
    }
    const { studio, context } = await setUp({ audit: { record } })
    studio.join('p1', () => {}, 'audio')
    studio.withdraw('p1')
    expect(studio.allows('p1', 'audio')).toBe(false)
    await studio.audited()
    expect(allowed).toEqual([false, false])
    expect(context.logger.lines.map(({ level, fields }) => [level, fields['action']])).toEqual([
      ['error', 'consent.given'],
      ['error', 'consent.withdrawn'],
    ])
    expect(JSON.stringify(context.logger.lines)).not.toContain('somebody')
  })

  it('is durable before the service has stopped', async () => {
    const written = vi.fn()
    const gate = Promise.withResolvers<void>()
    const { studio } = await setUp({ audit: { record: () => gate.promise.then(written) } })
    studio.join('p1', () => {}, 'audio')
    const stopped = studio.stop().then(() => written.mock.calls.length)
    gate.resolve()
    expect(await stopped).toBe(1)
  })

  it('needs no trail', async () => {
    const { studio } = await setUp({ audit: undefined })
    studio.join('p1', () => {}, 'audio')
    await expect(studio.stop()).resolves.toBeUndefined()
  })
})

describe('a recording', () => {
  it('needs the consent of everyone present, names nobody who has not, and touches no sink before', async () => {
    const { studio } = await setUp()
    studio.join('p1', () => {}, 'audio', 'recording')
    studio.join('p2', () => {}, 'audio')
    const sink = new MemoryRecordingSink()
    for (const room of [new TestRoom('p1', 'p2'), new TestRoom(), new TestRoom('p3')]) {
      expect(() => studio.tape(room, sink)).toThrow(
        expect.objectContaining({
          code: 'media.consent_missing',
          fault: 'caller',
          message: 'Samtycke till inspelning saknas. Be deltagaren om samtycke och försök igen.',
          params: { purpose: { sv: 'inspelning', en: 'recording' } },
        }),
      )
      expect(room.listenerCount).toBe(0)
    }
    expect(sink.calls).toEqual([])
    expect(studio.tape(new TestRoom('p1')).state).toEqual({ status: 'recording' })
  })

  it('ends with the service, which keeps it', async () => {
    const { studio, clock } = await setUp()
    studio.join('p1', () => {}, 'recording')
    const recording = studio.tape(new TestRoom('p1'))
    const startMs = clock.now()
    clock.advance(20)
    const chunk = { data: new Uint8Array(10), startMs, endMs: clock.now() }
    const written = recording.write(chunk)
    expect(studio.reportBytes()).toBe(10)
    await written
    expect(studio.reportBytes()).toBe(0)
    await studio.stop()
    expect(recording.state).toMatchObject({
      status: 'ended',
      reason: 'service_stopped',
      outcome: 'kept',
      sizeBytes: 10,
    })
    expect(() => studio.tape(new TestRoom('p1'))).toThrow(expect.objectContaining({ code: 'service.not_running' }))
  })

  it('is stopped by a withdrawal although a listener fails, which is logged', async () => {
    const { studio, context } = await setUp()
    studio.join('p1', () => {}, 'recording')
    const recording = studio.tape(new TestRoom('p1'))
    recording.onState(() => {
      throw new Error('a display')
    })
    studio.withdraw('p1')
    expect(await recording.ended).toMatchObject({ reason: 'consent_withdrawn' })
    expect(context.logger.lines.map(({ level, message }) => [level, message])).toEqual([
      ['error', 'a listener of a recording failed'],
      ['error', 'a listener of a recording failed'],
    ])
  })

  it('is stopped by a withdrawal although the audit trail does not answer', async () => {
    const { studio } = await setUp({ audit: { record: () => new Promise(() => {}) } })
    studio.join('p1', () => {}, 'recording')
    const recording = studio.tape(new TestRoom('p1'))
    studio.withdraw('p1')
    expect(await recording.ended).toMatchObject({ reason: 'consent_withdrawn' })
  })
})
