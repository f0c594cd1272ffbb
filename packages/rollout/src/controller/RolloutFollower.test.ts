import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { adopted, entered } from '../testing/logOf.ts'
import { MemoryStore } from '../testing/MemoryStore.ts'
import { RolloutFollower } from './RolloutFollower.ts'

const service = 'BackupService'
const flush = () => new Promise((resolve) => setImmediate(resolve))

function setUp() {
  const [store, clock, logger] = [new MemoryStore(), new ManualClock(), new RecordingLogger()]
  const seen: RolloutStatus[] = []
  const onStatus = (status: RolloutStatus) => seen.push(status)
  const follower = new RolloutFollower({ store, clock, logger, random: () => 1, onStatus })
  const append = (event: ReturnType<typeof entered>) =>
    store.append([{ at: clock.now(), actor: 'test', event }], store.events.length)
  return { store, clock, logger, seen, follower, append }
}

describe('a follower', () => {
  it('knows the status once it has started, and every change as soon as the store tells', async () => {
    const { follower, append, seen } = setUp()
    await append(adopted())
    await follower.start()
    expect(follower.status.sequence).toBe(1)
    await append(entered(service, 'initial'))
    await flush()
    expect(follower.status.services[service]?.status).toBe('running')
    expect(seen.map(({ sequence }) => sequence)).toEqual([1, 2])
    follower.stop()
  })

  it('finds what it was not told of by polling', async () => {
    const { follower, store, clock } = setUp()
    await follower.start()
    store.events.push({ sequence: 1, at: 1, actor: 'test', event: adopted() })
    clock.advance(1_000)
    await flush()
    expect(follower.status.sequence).toBe(1)
    follower.stop()
  })

  it('takes over its own events without reading, but only the very next ones', async () => {
    const { follower } = setUp()
    await follower.start()
    follower.apply([{ sequence: 2, at: 1, actor: 'test', event: adopted() }])
    expect(follower.status.sequence).toBe(0)
    follower.apply([{ sequence: 1, at: 1, actor: 'test', event: adopted() }])
    expect(follower.status.sequence).toBe(1)
    follower.stop()
  })

  it('never goes back to a status that is older than its own', async () => {
    const { follower, append, seen } = setUp()
    await append(adopted())
    await follower.start()
    const before = follower.status
    await append(entered(service, 'initial'))
    await flush()
    follower.catchUp(before)
    follower.apply([{ sequence: 1, at: 1, actor: 'test', event: adopted() }])
    expect(follower.status.sequence).toBe(2)
    expect(seen.map(({ sequence }) => sequence)).toEqual([1, 2])
    follower.stop()
  })

  it('leaves no timer and no subscription behind', async () => {
    const { follower, clock, append } = setUp()
    await follower.start()
    follower.stop()
    expect(clock.pendingTimers).toBe(0)
    await append(adopted())
    await flush()
    expect(follower.status.sequence).toBe(0)
  })
})

describe('while the store is away, a follower', () => {
  it('keeps its status, says since when it is stale, logs once, and recovers', async () => {
    const { follower, store, clock, logger, append } = setUp()
    await append(adopted())
    await follower.start()
    store.failure = new Error('connection refused')
    clock.advance(1_000)
    await flush()
    const since = clock.now()
    expect([follower.status.sequence, follower.staleSinceMs]).toEqual([1, since])
    for (let attempt = 0; attempt < 20; attempt++) {
      clock.advance(5_000)
      await flush()
    }
    expect(follower.staleSinceMs).toBe(since)
    expect(logger.lines.filter(({ level }) => level === 'error')).toHaveLength(1)
    store.failure = undefined
    await append(entered(service, 'initial'))
    await flush()
    expect(follower.staleSinceMs).toBeUndefined()
    expect(follower.status.sequence).toBe(2)
    follower.stop()
  })

  it('tries again for ever, waiting at most five seconds', async () => {
    const { follower, store, clock } = setUp()
    store.failure = new Error('denied')
    await follower.start()
    let reads = 0
    const read = store.readEvents.bind(store)
    store.readEvents = (after) => {
      reads++
      return read(after)
    }
    for (let second = 0; second < 100; second++) {
      clock.advance(1_000)
      await flush()
    }
    expect(reads).toBeGreaterThanOrEqual(20)
    follower.stop()
  })

  it('starts all the same, with nothing known', async () => {
    const { follower, store } = setUp()
    store.failure = new Error('not there yet')
    await follower.start()
    expect(follower.status.sequence).toBe(0)
    expect(follower.staleSinceMs).toBeDefined()
    follower.stop()
  })
})
