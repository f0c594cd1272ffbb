import { type Disposer, TypedEvents } from '@gradvis/kernel'

/** Whether monitoring is wanted. It outlives an implementation: the next one that starts goes on with it. */
export interface MonitoringIntent {
  readonly wanted: boolean
  /** Idempotent. Tells every instance that shares this intent, before it returns. */
  set(wanted: boolean): void
  /** Called with every change, not with the current value. The listener must not throw. */
  onChange(listener: (wanted: boolean) => void): Disposer
}

export function createMonitoringIntent(): MonitoringIntent {
  const events = new TypedEvents<{ change: boolean }>((error) => {
    throw error
  })
  let current = false
  return {
    get wanted() {
      return current
    },
    set(wanted) {
      if (wanted === current) return
      current = wanted
      events.emit('change', wanted)
    },
    onChange: (listener) => events.on('change', listener),
  }
}
