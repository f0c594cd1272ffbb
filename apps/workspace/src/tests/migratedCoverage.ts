import { relative } from 'node:path'

type Counted = Readonly<{ total: number; covered: number }>
/** Istanbul's `coverage-summary.json`: by absolute path, and `total`. */
export type CoverageSummary = Readonly<Record<string, Readonly<{ lines: Counted; branches: Counted }>>>

const MIGRATED = /^packages\/([\w-]+-service)\/src\/migrated\//

/** Lines and branches of each migrated service that the tests reach, as text. */
export function migratedCoverage(summary: CoverageSummary, root: string): string {
  const files = Object.entries(summary).map(([path, counts]) => ({ service: serviceOf(relative(root, path)), counts }))
  const services = [...new Set(files.map(({ service }) => service))].filter((service) => service !== undefined).sort()
  const rows = services.map((service) => {
    const own = files.filter((file) => file.service === service)
    const share = (kind: 'lines' | 'branches') => percent(own.map(({ counts }) => counts[kind]))
    return `  ${service.padEnd(30)} ${share('lines')} lines  ${share('branches')} branches`
  })
  return ['Coverage of the migrated services (the schedule asks for 90 %):', ...rows].join('\n')
}

function serviceOf(path: string): string | undefined {
  return MIGRATED.exec(path)?.[1]
}

function percent(counts: readonly Counted[]): string {
  const sum = (key: keyof Counted) => counts.reduce((total, one) => total + one[key], 0)
  return `${((100 * sum('covered')) / sum('total')).toFixed(1).padStart(5)} %`
}
