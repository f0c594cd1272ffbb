import { ManualClock } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { CancelScope } from './CancelScope.ts'
import { within } from './within.ts'

function limited(work: (inner: CancelScope) => Promise<string>) {
  const [clock, outer, left] = [new ManualClock(), new CancelScope(), new Array<Promise<unknown>>()]
  const answer = within({ clock, limitMs: 100, outer, leaveBehind: (running) => left.push(running) }, work)
  answer.catch(() => {})
  return { clock, outer, left, answer }
}

const never = () => new Promise<never>(() => {})

describe('work within a limit', () => {
  it('gives its result and leaves no timer; its signal never aborts afterwards', async () => {
    let held: AbortSignal | undefined
    const { clock, outer, left, answer } = limited(async ({ signal }) => {
      held = signal
      return 'done'
    })
    expect(await answer).toBe('done')
    outer.cancel('late')
    expect([clock.pendingTimers, held?.aborted, left]).toEqual([0, false, []])
  })

  it('is given up when the time is over by the clock, told so, and left behind', async () => {
    let inner: CancelScope | undefined
    const { clock, left, answer } = limited((scope) => {
      inner = scope
      return never()
    })
    clock.advance(99)
    expect(inner?.cancelled).toBe(false)
    clock.advance(1)
    await expect(answer).rejects.toMatchObject({ limitMs: 100 })
    expect([inner?.signal.aborted, left.length, clock.pendingTimers]).toEqual([true, 1, 0])
  })

  it.each([
    ['while it runs', never, (outer: CancelScope) => outer.cancel('enough')],
    ['while it begins', never, () => {}],
  ])('is given up at once when the outer scope is cancelled %s', async (when, work, afterwards) => {
    const outer = new CancelScope()
    const clock = new ManualClock()
    const answer = within({ clock, limitMs: 100, outer, leaveBehind: () => {} }, () => {
      if (when === 'while it begins') outer.cancel('enough')
      return work()
    })
    afterwards(outer)
    await expect(answer).rejects.toBe('enough')
    expect(clock.pendingTimers).toBe(0)
  })
})
