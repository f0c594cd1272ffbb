/** Undoes something once: call it, or hand it to `using`. Calling it again does nothing. */
export interface Disposer extends Disposable {
  (): void
}

export function disposer(undo: () => void): Disposer {
  let done = false
  const dispose = (() => {
    if (done) return
    done = true
    undo()
  }) as Disposer
  dispose[Symbol.dispose] = dispose
  return dispose
}
