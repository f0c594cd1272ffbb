import { describe, expect, it } from 'vitest'

import type { Call } from './Call.ts'
import type { Session } from './contract/Operation.ts'
import { openSession } from './openSession.ts'
import { aSession } from './testing/ProbeService.ts'

const callWith = (signal: AbortSignal) => ({ signal }) as Call
const accept = (output: unknown) => output
const open = () => callWith(new AbortController().signal)

describe('openSession', () => {
  it('adopts what was opened and hands out the object itself', async () => {
    const [session, adopted] = [aSession(), [] as Session[]]
    const opened = await openSession(
      async () => session,
      accept,
      (one) => adopted.push(one),
    )('x', open())
    expect([opened, adopted]).toEqual([session, [session]])
    expect(session.closes).toBe(0)
  })

  it('closes at once what nobody waits for any more', async () => {
    const [session, aborter, adopted] = [aSession(), new AbortController(), [] as Session[]]
    const opening = openSession(
      async () => session,
      accept,
      (one) => adopted.push(one),
    )('x', callWith(aborter.signal))
    aborter.abort(new Error('given up'))
    await expect(opening).rejects.toThrow('given up')
    expect([session.closes, adopted]).toEqual([1, []])
  })

  it('closes what breaks its contract, and reports that even when it will not close', async () => {
    const session = {
      ...aSession(),
      closes: 0,
      async close() {
        this.closes += 1
        throw new Error('will not close')
      },
    }
    const refuse = () => {
      throw new Error('broken contract')
    }
    await expect(
      openSession(
        async () => session,
        refuse,
        () => {},
      )('x', open()),
    ).rejects.toThrow('broken contract')
    expect(session.closes).toBe(1)
  })

  it('hands out what is no Session without adopting it', async () => {
    const adopted: Session[] = []
    expect(
      await openSession(
        async () => 'plain',
        accept,
        (one) => adopted.push(one),
      )('x', open()),
    ).toBe('plain')
    expect(adopted).toEqual([])
  })
})
