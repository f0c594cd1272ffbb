import { describe, expect, it } from 'vitest'

import { migratedCoverage } from './migratedCoverage.ts'

const counts = (covered: number, total: number) => ({ lines: { covered, total }, branches: { covered: 1, total: 2 } })

describe('migratedCoverage', () => {
  it('adds the files of each migrated service up and leaves everything else out', () => {
    const text = migratedCoverage(
      {
        total: counts(0, 100),
        '/repo/packages/backup-service/src/migrated/A.ts': counts(9, 10),
        '/repo/packages/backup-service/src/migrated/B.ts': counts(10, 10),
        '/repo/packages/backup-service/src/legacy/C.ts': counts(0, 10),
      },
      '/repo',
    )
    expect(text.split('\n')).toHaveLength(2)
    expect(text).toMatch(/backup-service\s+95\.0 % lines\s+50\.0 % branches/)
  })
})
