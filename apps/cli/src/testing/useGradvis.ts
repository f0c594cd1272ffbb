import { afterEach, beforeEach, expect } from 'vitest'

import { type Finished, runProcess } from './runProcess.ts'
import { seedStore, type SeededStore } from './seedStore.ts'

export const ENGLISH = { LANG: 'en_GB.UTF-8' }
export const service = 'BackupService'

/** The real program against a store of each test's own, which holds the production plan. */
export function useGradvis() {
  let seeded: SeededStore | undefined
  beforeEach(async () => {
    seeded = await seedStore()
  })
  afterEach(() => seeded?.remove())
  const store = () => {
    if (seeded === undefined) throw new Error('The store is there within a test.')
    return seeded
  }
  const gradvis = (args: readonly string[], env: Readonly<Record<string, string>> = ENGLISH): Promise<Finished> =>
    runProcess(args, { GRADVIS_STORE: store().location, GRADVIS_ACTOR: 'anna', ...env })
  return {
    store,
    gradvis,
    /** Runs with `--json`; expects success and exactly one line. */
    json: async (...args: readonly string[]) => {
      const { stdout, stderr, code } = await gradvis([...args, '--json'])
      expect(code, stderr).toBe(0)
      expect(stdout.trim().split('\n')).toHaveLength(1)
      return JSON.parse(stdout) as Record<string, unknown>
    },
    eventTypes: async () => (await store().store.readEvents(0)).map(({ event }) => event.type),
  }
}
