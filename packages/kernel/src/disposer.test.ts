import { describe, expect, it, vi } from 'vitest'

import { disposer } from './disposer.ts'

describe('disposer', () => {
  it('undoes once, however often and in whatever way it is asked to', () => {
    const undo = vi.fn()
    const dispose = disposer(undo)
    expect(undo).not.toHaveBeenCalled()
    dispose()
    dispose()
    dispose[Symbol.dispose]()
    expect(undo).toHaveBeenCalledTimes(1)
  })

  it('undoes at the end of a scope', () => {
    const order: string[] = []
    {
      using _undo = disposer(() => order.push('undone'))
      order.push('inside')
    }
    expect(order).toEqual(['inside', 'undone'])
  })

  it('does not try again when undoing has failed, nor when it disposes of itself', () => {
    const failing = disposer(() => {
      throw new Error('once')
    })
    expect(failing).toThrow('once')
    expect(failing).not.toThrow()
    const undo = vi.fn(() => itself())
    const itself = disposer(undo)
    itself()
    expect(undo).toHaveBeenCalledTimes(1)
  })
})
