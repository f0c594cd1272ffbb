import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

import { type Implementation, silentLogger } from '@gradvis/kernel'
import { ManualClock } from '@gradvis/kernel/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { HeapSampler } from './HeapSampler.ts'
import { HeapSampling } from './HeapSampling.ts'

const MIB = 2 ** 20
const RECORDS = 20_000
/** Records of a hundred small numbers: a little under 1 kB each. */
const LIBRARY = `exports.record = (index) => ({ index, values: Array.from({ length: 100 }, (_, at) => index + at) })\n`
const SERVICE = `
const { record } = require('a-library')
const kept = []
exports.keep = async (count) => { await null; for (let index = 0; index < count; index++) kept.push(record(index)) }
exports.waste = async (count) => { await null; for (let index = 0; index < count; index++) record(index) }
exports.keepBuffers = (count) => { for (let index = 0; index < count; index++) kept.push(new ArrayBuffer(2 ** 20)) }
exports.forget = () => { kept.length = 0 }
`
type Service = Readonly<{
  keep: (count: number) => Promise<void>
  waste: (count: number) => Promise<void>
  keepBuffers: (count: number) => void
  forget: () => void
}>

let folder: string
let sampler: HeapSampler
let clock: ManualClock

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gradvis-heap-'))
  write('node_modules/a-library/index.js', LIBRARY)
  clock = new ManualClock()
  const services = ['HoardingService', 'TidyService']
  sampler = new HeapSampler({ services, logger: silentLogger, intervalBytes: 4096, sampling: new HeapSampling(clock) })
  sampler.start()
})
afterEach(() => {
  sampler.stop()
  rmSync(folder, { recursive: true, force: true })
})

function write(path: string, text: string): string {
  const file = join(folder, path)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
  return file
}

const side = (path: string): Service => createRequire(import.meta.url)(write(path, SERVICE)) as Service
const hoarding = (implementation: Implementation) => side(`packages/hoarding-service/src/${implementation}/index.cjs`)

function mebibytes(): Readonly<Record<string, number>> {
  clock.advance(60_000)
  return Object.fromEntries(
    sampler.read().map(({ service, implementation, bytes }) => [`${service} ${implementation}`, bytes / MIB]),
  )
}

describe('the heap of a service', () => {
  it('grows in the account of the side that keeps objects, and in no other one', async () => {
    const [legacy, migrated] = [hoarding('legacy'), hoarding('migrated')]
    const tidy = side('node_modules/@gradvis/tidy-service/dist/migrated/index.cjs')
    await Promise.all([legacy.keep(RECORDS / 10), migrated.keep(RECORDS / 10), tidy.keep(RECORDS / 10)])
    const before = mebibytes()
    await Promise.all([migrated.keep(RECORDS), legacy.waste(RECORDS), tidy.waste(RECORDS)])
    const after = mebibytes()
    const gained = (key: string) => (after[key] ?? 0) - (before[key] ?? 0)
    expect(gained('HoardingService migrated')).toBeGreaterThan(10)
    expect(gained('HoardingService migrated')).toBeLessThan(30)
    expect(Math.abs(gained('HoardingService legacy'))).toBeLessThan(1)
    expect(Math.abs(gained('TidyService migrated'))).toBeLessThan(1)
    await legacy.keep(RECORDS)
    const last = mebibytes()
    expect((last['HoardingService legacy'] ?? 0) - (after['HoardingService legacy'] ?? 0)).toBeGreaterThan(10)
    expect(Math.abs((last['HoardingService migrated'] ?? 0) - (after['HoardingService migrated'] ?? 0))).toBeLessThan(1)
  })

  it('shrinks when it lets go, and is still reported then', async () => {
    const migrated = hoarding('migrated')
    await migrated.keep(RECORDS)
    expect(mebibytes()['HoardingService migrated']).toBeGreaterThan(10)
    migrated.forget()
    expect(mebibytes()['HoardingService migrated']).toBeLessThan(1)
  })

  it('does not see the contents of buffers: they lie outside, and only the service can report them', () => {
    const { external } = process.memoryUsage()
    hoarding('migrated').keepBuffers(30)
    expect(process.memoryUsage().external - external).toBeGreaterThan(29 * MIB)
    expect(mebibytes()['HoardingService migrated'] ?? 0).toBeLessThan(1)
  })

  it('is nothing for services that are not asked about, and after the end', async () => {
    const stranger = side('packages/strange-service/src/migrated/index.cjs')
    await stranger.keep(RECORDS)
    expect(mebibytes()).toEqual({})
    await hoarding('migrated').keep(RECORDS)
    sampler.stop()
    expect(sampler.read()).toEqual([])
  })
})
