import { describe, expect, it } from 'vitest'

import { addMemory, emptyMemoryEvidence } from '../evidence/MemoryEvidence.ts'
import { windowOf } from '../testing/windowOf.ts'
import { memoryBySide, processMemory } from './memoryBySide.ts'
import { memoryComparison } from './memoryComparison.ts'
import { memoryText } from './memoryText.ts'

const MIB = 2 ** 20
type Amounts = Partial<Pick<Parameters<typeof windowOf>[0], 'heldBytes' | 'sampledHeapBytes'>>

const side = (amounts: (minute: number) => Amounts, minutes = 62) =>
  addMemory(
    emptyMemoryEvidence,
    Array.from({ length: minutes }, (_, minute) =>
      windowOf({ startMs: minute * 60_000, endMs: (minute + 1) * 60_000, ...amounts(minute) }),
    ),
  )
const flat = side(() => ({ heldBytes: 10 * MIB, sampledHeapBytes: 10 * MIB }))
const compare = (amounts: (minute: number) => Amounts, minutes?: number) =>
  memoryComparison({ migrated: side(amounts, minutes), legacy: flat })

describe('which amount is judged', () => {
  it('is the sampled heap where only that grows: a leak that the service does not know of', () => {
    const leaking = compare((minute) => ({ heldBytes: 10 * MIB, sampledHeapBytes: (10 + minute) * MIB }))
    expect(leaking).toMatchObject({ source: 'sampledHeapBytes', growing: true, legacyBytesPerHour: 0 })
    expect(leaking.bytesPerHour / MIB).toBeCloseTo(60, 3)
    expect(memoryText(leaking)).toEqual({
      sv: 'samplat heapminne växer utan att plana ut, 60 MiB/h, legacy 0 MiB/h, p < 0,001',
      en: 'sampled heap grows with no plateau, 60 MiB/h, legacy 0 MiB/h, p < 0.001',
    })
  })

  it('is what is held where only that grows: buffers are in no heap', () => {
    const leaking = compare((minute) => ({ heldBytes: (10 + minute) * MIB, sampledHeapBytes: 10 * MIB }))
    expect(leaking).toMatchObject({ source: 'heldBytes', growing: true })
    expect(memoryText(leaking).sv).toContain('det som tjänsten håller växer utan att plana ut, 60 MiB/h')
  })

  it('is the steeper one where both grow beyond doubt', () => {
    expect(
      compare((minute) => ({ heldBytes: (10 + minute) * MIB, sampledHeapBytes: (10 + 3 * minute) * MIB })),
    ).toMatchObject({
      source: 'sampledHeapBytes',
    })
  })

  it('is the one that is known well enough, also while the other one is not', () => {
    const late = compare((minute) => ({ heldBytes: 10 * MIB, ...(minute > 50 && { sampledHeapBytes: minute * MIB }) }))
    expect(late).toMatchObject({ source: 'heldBytes', enough: true, growing: false })
    expect(compare(() => ({ sampledHeapBytes: MIB }))).toMatchObject({ source: 'sampledHeapBytes', enough: true })
    expect(compare(() => ({ heldBytes: MIB }), 12)).toMatchObject({ enough: false, points: 10 })
  })
})

describe('memory by side', () => {
  it('sums what the instances have now, and leaves out what none of them knows', () => {
    const process = { heapUsedBytes: 100, externalBytes: 30, arrayBufferBytes: 20 }
    const migrated = addMemory(emptyMemoryEvidence, [
      windowOf({ startMs: 0, instance: 'a', heldBytes: 5, sampledHeapBytes: 50, process }),
      windowOf({ startMs: 0, instance: 'b', heldBytes: 7, process }),
    ])
    const memory = {
      migrated,
      legacy: addMemory(emptyMemoryEvidence, [windowOf({ startMs: 0, instance: 'a', process })]),
    }
    const service = { memory } as Parameters<typeof memoryBySide>[0]
    const { legacy, migrated: shown } = memoryBySide(service)
    expect(shown).toMatchObject({ heldBytes: 12, sampledHeapBytes: 50, trend: { enough: false } })
    expect(Object.keys(legacy)).toEqual(['trend'])
    const services = new Map([
      ['BackupService', service],
      ['WebRTCPeerService', service],
    ])
    expect(processMemory({ services, unreadable: 0 })).toEqual({
      instances: 2,
      heapUsedBytes: 200,
      externalBytes: 60,
      arrayBufferBytes: 40,
    })
    expect(processMemory({ services: new Map(), unreadable: 0 })).toBeUndefined()
  })
})
