import { describe, expect, it } from 'vitest'

import { SingleFlight } from './SingleFlight.ts'

function gatedFlight() {
  const runs: Readonly<{ signal: AbortSignal; gate: PromiseWithResolvers<string> }>[] = []
  const flight = new SingleFlight((signal) => {
    const gate = Promise.withResolvers<string>()
    runs.push({ signal, gate })
    return gate.promise
  })
  return { flight, runs }
}

const forever = new AbortController().signal

describe('SingleFlight', () => {
  it('runs once for all who join at the same time, and anew for who comes later', async () => {
    const { flight, runs } = gatedFlight()
    const both = Promise.all([flight.join(forever), flight.join(forever)])
    runs[0]?.gate.resolve('first')
    expect(await both).toEqual(['first', 'first'])
    const later = flight.join(forever)
    runs[1]?.gate.resolve('second')
    expect(await later).toBe('second')
    expect(runs).toHaveLength(2)
  })

  it('lets one leave without disturbing the other, and aborts the run when the last has left', async () => {
    const { flight, runs } = gatedFlight()
    const [one, other] = [new AbortController(), new AbortController()]
    const joined = [flight.join(one.signal), flight.join(other.signal)]
    one.abort(new Error('one left'))
    await expect(joined[0]).rejects.toThrow('one left')
    expect(runs[0]?.signal.aborted).toBe(false)
    other.abort(new Error('the other left'))
    await expect(joined[1]).rejects.toThrow('the other left')
    expect(runs[0]?.signal.aborted).toBe(true)
  })

  it('begins anew for who joins after all have left, and is not confused by the end of the old run', async () => {
    const { flight, runs } = gatedFlight()
    const caller = new AbortController()
    const left = flight.join(caller.signal)
    caller.abort(new Error('left'))
    await expect(left).rejects.toThrow('left')
    const next = flight.join(forever)
    runs[0]?.gate.reject(new Error('aborted'))
    runs[1]?.gate.resolve('new')
    expect(await next).toBe('new')
  })

  it('gives a failure to everybody, and is ready again', async () => {
    const { flight, runs } = gatedFlight()
    const joined = [flight.join(forever), flight.join(forever)]
    runs[0]?.gate.reject(new Error('broken'))
    for (const one of joined) await expect(one).rejects.toThrow('broken')
    const next = flight.join(forever)
    runs[1]?.gate.resolve('mended')
    expect(await next).toBe('mended')
  })

  it('begins nothing for who has left beforehand', async () => {
    const { flight, runs } = gatedFlight()
    await expect(flight.join(AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone')
    expect(runs).toHaveLength(0)
  })
})
