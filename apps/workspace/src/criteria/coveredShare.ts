import type { CoverageSummary } from '../tests/migratedCoverage.ts'

/** Share of the lines or branches below a folder that the tests reach; 0 where nothing was counted. */
export function coveredShare(summary: CoverageSummary, folder: string, kind: 'lines' | 'branches'): number {
  const files = Object.entries(summary).filter(([path]) => path.includes(`/${folder}`))
  const sum = (key: 'total' | 'covered') => files.reduce((total, [, counts]) => total + counts[kind][key], 0)
  return files.length === 0 ? 0 : sum('covered') / sum('total')
}
