import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { parseObservationWindow } from '../evidence/ObservationWindow.ts'
import { LatencySketch } from '../statistics/LatencySketch.ts'
import { type RecordedOperation, WindowRecorder } from './WindowRecorder.ts'

const call: RecordedOperation = {
  service: 'BackupService',
  implementation: 'migrated',
  operation: 'listBackups',
  outcome: 'ok',
  code: undefined,
  durationMs: 10,
  role: 'primary',
  rescued: false,
  cacheHit: false,
}

function setUp(heldBytes: ConstructorParameters<typeof WindowRecorder>[0]['heldBytes'] = () => []) {
  const clock = new ManualClock(0)
  return { clock, recorder: new WindowRecorder({ instance: 'one', clock, heldBytes }) }
}

describe('a recorder', () => {
  it('counts calls by how they ended', () => {
    const { clock, recorder } = setUp()
    recorder.record(call)
    recorder.record({ ...call, cacheHit: true })
    recorder.record({ ...call, outcome: 'fault', code: 'backup.disk_full' })
    recorder.record({ ...call, outcome: 'fault', code: 'backup.disk_full', rescued: true })
    recorder.record({ ...call, outcome: 'refused', code: 'backup.not_found' })
    recorder.record({ ...call, outcome: 'cancelled' })
    clock.advance(10_000)
    const [window, ...others] = recorder.close()
    expect(others).toEqual([])
    expect(window).toMatchObject({ instance: 'one', implementation: 'migrated', startMs: 0, endMs: 10_000 })
    expect(window?.operations['listBackups']).toMatchObject({
      operations: 5,
      faults: 2,
      rescued: 1,
      refused: 1,
      cancelled: 1,
      cacheHits: 1,
      codes: { 'backup.disk_full': 2 },
    })
  })

  it('measures only what went well: a call that fails fast must not make a service look fast', () => {
    const { recorder } = setUp()
    recorder.record({ ...call, durationMs: 100 })
    recorder.record({ ...call, durationMs: 0.1, outcome: 'fault' })
    const latency = LatencySketch.fromJSON(recorder.close()[0]?.operations['listBackups']?.latency)
    expect([latency?.count, latency?.meanMs]).toEqual([1, 100])
  })

  it('times only calls whose side was drawn, because others are other work, and counts the faults of all', () => {
    const { recorder } = setUp()
    recorder.record({ ...call, durationMs: 100, isDrawn: true })
    recorder.record({ ...call, durationMs: 9_000, isDrawn: false })
    recorder.record({ ...call, outcome: 'fault', isDrawn: false })
    const operation = recorder.close()[0]?.operations['listBackups']
    expect(operation).toMatchObject({ operations: 3, faults: 1 })
    expect(LatencySketch.fromJSON(operation?.latency)?.meanMs).toBe(100)
  })

  it('leaves out shadow calls and rescues, which serve nobody who was drawn for that side', () => {
    const { recorder } = setUp()
    recorder.record({ ...call, role: 'shadow' })
    recorder.record({ ...call, implementation: 'legacy', role: 'rescue' })
    expect(recorder.close()).toEqual([])
  })

  it('begins every window at zero, where the last one ended, also when the clock goes back', () => {
    const { clock, recorder } = setUp()
    recorder.record(call)
    clock.advance(10_000)
    recorder.close()
    expect(recorder.close()).toEqual([])
    recorder.record(call)
    clock.now = () => 5_000
    expect(recorder.close()).toMatchObject([{ startMs: 10_001, endMs: 10_002 }])
    recorder.record(call)
    expect(recorder.close()).toMatchObject([{ startMs: 10_002, endMs: 10_003 }])
  })

  it('reports what each side holds, also a side that did nothing', () => {
    const { recorder } = setUp(() => [{ service: 'BackupService', implementation: 'legacy', bytes: 77 }])
    recorder.record(call)
    expect(recorder.close().map(({ implementation, heldBytes }) => [implementation, heldBytes])).toEqual([
      ['legacy', 77],
      ['migrated', undefined],
    ])
  })

  it('reports the heap that is attributed to each side, what of the held is outside it, and the whole process', () => {
    const side = { service: 'BackupService', implementation: 'migrated' } as const
    const process = { heapUsedBytes: 9, externalBytes: 5, arrayBufferBytes: 4 }
    const recorder = new WindowRecorder({
      instance: 'one',
      clock: new ManualClock(0),
      heldBytes: () => [{ ...side, bytes: 77, externalBytes: 70 }],
      sampledHeap: () => [
        { ...side, bytes: 500 },
        { ...side, implementation: 'legacy', bytes: 0 },
      ],
      processMemory: () => process,
    })
    expect(recorder.close()).toMatchObject([
      { implementation: 'legacy', sampledHeapBytes: 0, process },
      { implementation: 'migrated', heldBytes: 77, externalBytes: 70, sampledHeapBytes: 500, process },
    ])
  })

  it('counts findings by channel and kind for the side that emitted them, and begins at zero again', () => {
    const { recorder } = setUp()
    const finding = { service: 'BackupService', implementation: 'migrated', channel: 'log', kind: 'email' } as const
    recorder.recordFinding(finding)
    recorder.recordFinding(finding)
    recorder.recordFinding({ ...finding, implementation: 'legacy', channel: 'error', kind: 'phone' })
    recorder.recordFinding({ channel: 'log', kind: 'email' })
    expect(recorder.close().map(({ implementation, findings }) => [implementation, findings])).toEqual([
      ['legacy', { 'error:phone': 1 }],
      ['migrated', { 'log:email': 2 }],
    ])
    expect(recorder.close()).toEqual([])
  })

  it('keeps at most 128 findings apart', () => {
    const { recorder } = setUp()
    const side = { service: 'BackupService', implementation: 'migrated', channel: 'log' } as const
    for (let index = 0; index < 200; index++) recorder.recordFinding({ ...side, kind: `kind-${index}` })
    const findings = recorder.close()[0]?.findings
    expect([findings?.['other'], Object.keys(findings ?? {}).length]).toEqual([72, 129])
  })

  it('keeps at most 32 codes apart, so that memory does not grow with them', () => {
    const { recorder } = setUp()
    for (let index = 0; index < 100; index++) recorder.record({ ...call, outcome: 'fault', code: `code-${index}` })
    const codes = recorder.close()[0]?.operations['listBackups']?.codes
    expect(codes?.['other']).toBe(68)
    expect(Object.keys(codes ?? {})).toHaveLength(33)
  })

  it('makes windows that a store can read back', () => {
    const { recorder } = setUp()
    recorder.record(call)
    recorder.recordFinding({ ...call, channel: 'log', kind: 'email' })
    const [window] = recorder.close()
    expect(window?.findings).toEqual({ 'log:email': 1 })
    expect(parseObservationWindow(JSON.parse(JSON.stringify(window)))).toEqual(window)
  })
})
