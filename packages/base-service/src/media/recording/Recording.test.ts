import { disposer } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { CHUNK_MS, RecordingStage, START_MS } from '../../testing/RecordingStage.ts'

describe('while everyone present has consented', () => {
  it('writes what was captured, in order, and keeps it when it is stopped', async () => {
    const stage = new RecordingStage()
    const written = [stage.capture(), stage.capture(), stage.capture()]
    expect(await Promise.all(written)).toEqual([true, true, true])
    expect(stage.recording.heldBytes).toBe(0)
    const ended = { status: 'ended', reason: 'stopped', outcome: 'kept', sizeBytes: 30 }
    expect(await stage.recording.stop()).toEqual(ended)
    expect(await stage.recording.stop()).toEqual(ended)
    expect([stage.recording.state, await stage.recording.ended]).toEqual([ended, ended])
    expect(stage.sink.calls).toEqual(['write', 'write', 'write', 'close'])
    expect([...new Set(stage.sink.bytes)]).toEqual([0, 1, 2])
    expect([await stage.capture(), stage.room.listenerCount]).toEqual([false, 0])
  })

  it('takes one chunk after the other from whoever awaits each', async () => {
    const stage = new RecordingStage()
    for (let index = 0; index < 5; index += 1) expect(await stage.capture()).toBe(true)
    expect(stage.sink.bytes.length).toBe(50)
  })

  it('says what waits to be written', async () => {
    const stage = new RecordingStage()
    const gate = Promise.withResolvers<void>()
    stage.sink.gates.set('write', gate.promise)
    const written = [stage.capture(), stage.capture(), stage.capture()]
    await Promise.resolve()
    expect(stage.recording.heldBytes).toBe(20)
    gate.resolve()
    expect(await Promise.all(written)).toEqual([true, true, true])
  })

  it.each([
    ['began before the recording', { startMs: START_MS - 1 }],
    ['has not been yet', { endMs: START_MS + CHUNK_MS + 1 }],
    ['took no time', { endMs: START_MS }],
    ['is empty', { data: new Uint8Array() }],
    ['contains somebody who is not there', { from: ['a', 'c'] }],
  ])('refuses a chunk that %s', async (_what, overrides) => {
    const stage = new RecordingStage()
    expect([await stage.capture(overrides), stage.sink.calls]).toEqual([false, []])
    expect(await stage.capture({ from: ['a'] })).toBe(true)
  })

  it('leaves nothing where nothing was written', async () => {
    const stage = new RecordingStage()
    expect(await stage.recording.stop()).toMatchObject({ outcome: 'discarded', sizeBytes: 0 })
    expect(stage.sink.calls).toEqual(['discard'])
  })
})

describe('somebody without consent', () => {
  it('blocks it at once by joining, until they consent, and everybody can see it', async () => {
    const stage = new RecordingStage()
    await stage.capture()
    stage.room.join('c')
    expect(stage.recording.state).toEqual({ status: 'paused', missing: 1 })
    expect(await stage.capture()).toBe(false)
    stage.room.join('d')
    expect(stage.recording.state).toEqual({ status: 'paused', missing: 2 })
    stage.give('c')
    stage.give('d')
    expect(stage.recording.state).toEqual({ status: 'recording' })
    expect(await stage.capture({ startMs: stage.clock.now() - 1 })).toBe(false)
    expect(await stage.capture()).toBe(true)
    expect(stage.states).toEqual(['paused', 'paused', 'paused', 'recording'])
    expect(stage.sink.bytes.length).toBe(20)
  })

  it('lets it go on by leaving', async () => {
    const stage = new RecordingStage()
    stage.room.join('c')
    stage.room.leave('c')
    expect(await stage.capture()).toBe(true)
  })

  it('takes back what waits to be written', async () => {
    const stage = new RecordingStage()
    const gate = Promise.withResolvers<void>()
    stage.sink.gates.set('write', gate.promise)
    const written = [stage.capture(), stage.capture()]
    await Promise.resolve()
    stage.room.join('c')
    gate.resolve()
    expect([await Promise.all(written), stage.sink.calls]).toEqual([[true, false], ['write']])
  })

  it('is not needed for a pause: nobody there is nobody who consents', () => {
    const stage = new RecordingStage()
    stage.room.leave('a')
    stage.room.leave('b')
    expect(stage.recording.state).toEqual({ status: 'paused', missing: 0 })
  })
})

describe('a consent that ends', () => {
  it('stops it in the same call by being withdrawn', async () => {
    const stage = new RecordingStage()
    await stage.capture()
    stage.consents.withdraw('b')
    expect(stage.recording.state).toEqual({ status: 'stopping', reason: 'consent_withdrawn' })
    expect(await stage.capture()).toBe(false)
    stage.give('b')
    expect(await stage.recording.ended).toMatchObject({ reason: 'consent_withdrawn', outcome: 'kept', sizeBytes: 10 })
    expect(stage.sink.calls).toEqual(['write', 'close'])
  })

  it('takes away what was captured since, also what is on its way to the sink', async () => {
    const stage = new RecordingStage()
    await stage.capture()
    const withdrawnAt = stage.clock.now() + 1
    const gate = Promise.withResolvers<void>()
    await stage.capture()
    stage.sink.gates.set('write', gate.promise)
    const written = [stage.capture(), stage.capture()]
    await Promise.resolve()
    stage.consents.withdraw('a', { at: withdrawnAt })
    gate.resolve()
    expect(await Promise.all(written)).toEqual([true, false])
    expect(await stage.recording.ended).toMatchObject({ outcome: 'kept', sizeBytes: 10 })
    expect(stage.sink.calls).toEqual(['write', 'write', 'write', 'truncate 10', 'close'])
    expect(stage.sink.bytes).toEqual(Array.from({ length: 10 }, () => 0))
  })

  it('leaves nothing of what was all captured since', async () => {
    const stage = new RecordingStage()
    await stage.capture()
    stage.consents.withdraw('a', { at: START_MS })
    expect(await stage.recording.ended).toMatchObject({ outcome: 'discarded', sizeBytes: 0 })
    expect(stage.sink.bytes).toEqual([])
  })

  it('counts while it is being stopped, and after it was closed but not yet ended', async () => {
    for (const method of ['truncate', 'close'] as const) {
      const stage = new RecordingStage()
      for (let index = 0; index < 3; index += 1) await stage.capture()
      const gate = Promise.withResolvers<void>()
      stage.sink.gates.set(method, gate.promise)
      stage.consents.withdraw('a', { at: START_MS + 2 * CHUNK_MS })
      await expect.poll(() => stage.sink.calls.at(-1)).toContain(method)
      stage.consents.withdraw('b', { at: START_MS + CHUNK_MS })
      gate.resolve()
      await stage.recording.ended
      expect(stage.sink.bytes.length).toBe(method === 'truncate' ? 10 : 0)
    }
  })

  it('ends it by expiring, from the millisecond that it was over', async () => {
    const stage = new RecordingStage({ recording: { validForMs: 50 } })
    const written = [await stage.capture(), await stage.capture(), await stage.capture()]
    expect(written).toEqual([true, true, false])
    expect(await stage.recording.ended).toMatchObject({ reason: 'consent_expired', outcome: 'kept', sizeBytes: 20 })
  })

  it('ends it by having expired, although the timer that says so is late', async () => {
    class SleepyClock extends ManualClock {
      override schedule() {
        return disposer(() => {})
      }
    }
    const stage = new RecordingStage({ recording: { validForMs: 30 } }, new SleepyClock(START_MS))
    expect([await stage.capture(), await stage.capture()]).toEqual([true, false])
    expect(stage.recording.state).toMatchObject({ reason: 'consent_expired' })
  })

  it('concerns nobody who had left before', async () => {
    const stage = new RecordingStage()
    await stage.capture()
    stage.room.leave('b')
    stage.consents.withdraw('b')
    expect(await stage.capture()).toBe(true)
  })

  it('concerns whoever had consented no longer while they were there', async () => {
    const stage = new RecordingStage()
    for (let index = 0; index < 2; index += 1) await stage.capture()
    stage.room.leave('b')
    await stage.capture()
    stage.consents.withdraw('b', { at: START_MS + CHUNK_MS })
    expect(await stage.recording.ended).toMatchObject({ sizeBytes: 10 })
  })

  it('stops it although the room has not told of who withdraws', async () => {
    const stage = new RecordingStage()
    stage.give('c')
    await stage.capture()
    stage.room.present = () => ['a', 'b', 'c']
    stage.consents.withdraw('c')
    expect(stage.recording.state).toMatchObject({ reason: 'consent_withdrawn' })
  })

  it('is another matter for another purpose', async () => {
    const stage = new RecordingStage()
    stage.consents.give('b', { purposes: ['audio'], version: '1', givenAt: START_MS })
    stage.consents.withdraw('b', { purposes: ['audio'] })
    expect(await stage.capture()).toBe(true)
  })
})

describe('a sink that fails', () => {
  it('keeps what was written before, without the torn end', async () => {
    const stage = new RecordingStage()
    await stage.capture()
    stage.sink.failing.add('write')
    expect(await Promise.all([stage.capture(), stage.capture()])).toEqual([false, false])
    expect(await stage.recording.ended).toMatchObject({ reason: 'sink_failed', outcome: 'kept', sizeBytes: 10 })
    expect(stage.sink.calls).toEqual(['write', 'write', 'truncate 10', 'close'])
  })

  it.each(['truncate', 'close'] as const)('keeps nothing rather than too much when %s fails', async (method) => {
    const stage = new RecordingStage()
    for (let index = 0; index < 2; index += 1) await stage.capture()
    stage.sink.failing.add(method)
    stage.consents.withdraw('a', { at: START_MS + CHUNK_MS })
    expect(await stage.recording.ended).toMatchObject({ outcome: 'discarded', sizeBytes: 0 })
    expect(stage.sink.bytes).toEqual([])
  })

  it('says so when what must not be kept could not be removed', async () => {
    const stage = new RecordingStage()
    await stage.capture()
    stage.sink.failing.add('discard')
    stage.consents.withdraw('a', { at: START_MS })
    expect(await stage.recording.ended).toMatchObject({ outcome: 'not_removed', sizeBytes: 0 })
  })

  it.each(['write', 'truncate'] as const)('is waited for five seconds when %s does not end', async (method) => {
    const stage = new RecordingStage()
    await stage.capture()
    stage.sink.gates.set(method, new Promise(() => {}))
    void stage.capture()
    await expect.poll(() => stage.sink.calls.length).toBe(2)
    stage.consents.withdraw('a', { at: START_MS + CHUNK_MS })
    await expect.poll(() => stage.clock.pendingTimers).toBe(1)
    stage.clock.advance(5_000)
    expect(await stage.recording.ended).toMatchObject({ outcome: 'discarded' })
    expect(stage.sink.calls.at(-1)).toBe('discard')
  })
})
