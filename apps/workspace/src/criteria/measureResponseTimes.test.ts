import { systemClock } from '@gradvis/kernel'
import { describe, expect, it } from 'vitest'

import { measureResponseTimes } from './measureResponseTimes.ts'
import { MIGRATED_SERVICES } from './MigratedService.ts'

describe('measureResponseTimes', { timeout: 60_000 }, () => {
  it('measures at least two operations of every service on both sides, and leaves nothing running', async () => {
    const ratios = await measureResponseTimes(systemClock, 1)
    for (const { name } of MIGRATED_SERVICES) {
      const own = ratios.filter(({ service }) => service === name)
      expect(own.length, name).toBeGreaterThanOrEqual(2)
      for (const { ratio, legacyMs, migratedMs } of own)
        expect(Math.min(ratio, legacyMs, migratedMs)).toBeGreaterThan(0)
    }
    const sockets = () => process.getActiveResourcesInfo().filter((kind) => /UDP|TCP/.test(kind))
    await expect.poll(sockets, { timeout: 15_000 }).toEqual([])
  })
})
