import { DatabaseSync } from 'node:sqlite'

import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { run } from '../run.ts'
import { aSession } from '../testing/aSession.ts'
import { seedStore, type SeededStore } from '../testing/seedStore.ts'

describe('what was written never looks failed', () => {
  let seeded: SeededStore
  beforeEach(async () => {
    seeded = await seedStore()
    // The log stays whole; where the rollout stands cannot be read without observations.
    const database = new DatabaseSync(seeded.location)
    database.exec('drop table observation_window')
    database.close()
  })
  afterEach(() => seeded.remove())

  it.each([
    ['sv', 'Utfört av tester:', 'Skrivet, men läget kunde inte läsas: '],
    ['en', 'Done by tester:', 'Written, but the status could not be read: '],
  ] as const)('when the status cannot be read afterwards (%s)', async (language, done, note) => {
    const { session, stdout, stderr } = aSession({ language })
    expect(await run(['promote', 'backup', '--yes', '--store', seeded.location], session)).toBe(0)
    expect(stdout()).toContain(done)
    expect(stderr()).toContain(note)
    expect(await seeded.store.readEvents(1)).toMatchObject([{ event: { type: 'phase_entered' } }])
  })

  it('in JSON either, which says that there is no status', async () => {
    const { session, stdout, stderr } = aSession()
    expect(await run(['promote', 'backup', '--yes', '--json', '--store', seeded.location], session)).toBe(0)
    expect(JSON.parse(stdout())).toMatchObject({ events: [{ event: { type: 'phase_entered' } }], status: null })
    expect(stderr()).toContain('Written, but')
  })
})
