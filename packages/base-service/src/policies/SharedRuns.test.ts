import { describe, expect, it } from 'vitest'

import { CancelScope } from '../calls/CancelScope.ts'
import { InFlight } from '../calls/InFlight.ts'
import type { Made } from '../calls/Made.ts'
import { SharedRuns } from './SharedRuns.ts'

const aCall = (): Made => ({
  input: 'x',
  scope: new CancelScope(),
  cancelled: undefined,
  annotations: { attempts: 1, cacheHit: false },
  onProgress: undefined,
})

describe('a shared answer', () => {
  it('is a copy for each, so that none can change another’s', async () => {
    const runs = new SharedRuns(new InFlight())
    const made = { list: [1] }
    const answers = await Promise.all([1, 2].map(() => runs.join('key', aCall(), async () => made)))
    expect(answers).toEqual([made, made])
    expect(new Set([...answers, made]).size).toBe(3)
  })

  it('is itself for who asks alone', async () => {
    const made = { list: [1] }
    expect(await new SharedRuns(new InFlight()).join('key', aCall(), async () => made)).toBe(made)
  })

  it('and its run are in flight until the run has ended, also when all have left', async () => {
    const calls = new InFlight()
    const gate = Promise.withResolvers<string>()
    const call = aCall()
    const answer = new SharedRuns(calls).join('key', call, () => gate.promise)
    call.scope.cancel(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
    expect(calls.size).toBe(1)
    gate.resolve('late')
    await calls.idle()
    expect(calls.size).toBe(0)
  })
})
