import { getEventListeners } from 'node:events'

import { describe, expect, it } from 'vitest'

import { CancelScope } from './CancelScope.ts'

describe('a scope', () => {
  it('is cancelled with the outer signal, for its reason, before or after', () => {
    const aborter = new AbortController()
    const scope = new CancelScope(aborter.signal)
    const reasons: unknown[] = []
    scope.onCancel((reason) => reasons.push(reason))
    aborter.abort('enough')
    const late = new CancelScope(aborter.signal)
    late.onCancel((reason) => reasons.push(reason))
    expect(reasons).toEqual(['enough', 'enough'])
    expect([scope.signal.reason, late.signal.reason]).toEqual(['enough', 'enough'])
    expect(() => scope.throwIfCancelled()).toThrow('enough')
  })

  it('counts the first reason only', () => {
    const scope = new CancelScope()
    const { signal } = scope
    scope.cancel('first')
    scope.cancel('second')
    expect([scope.reason, signal.reason, scope.signal]).toEqual(['first', 'first', signal])
  })

  it('never cancels once it is closed, and holds nothing of the outer signal', () => {
    const aborter = new AbortController()
    const scope = new CancelScope(aborter.signal)
    const { signal } = scope
    scope.close()
    expect(getEventListeners(aborter.signal, 'abort')).toHaveLength(0)
    aborter.abort()
    scope.cancel('late')
    expect([scope.cancelled, signal.aborted]).toEqual([false, false])
  })

  it('tells nobody who has taken the listener away', () => {
    const scope = new CancelScope()
    const told: string[] = []
    scope.onCancel(() => told.push('first'))()
    scope.onCancel(() => told.push('second'))
    scope.cancel('enough')
    expect(told).toEqual(['second'])
  })
})
