import { describe, expect, it } from 'vitest'

import { criteriaOf, type Measured } from './criteriaOf.ts'
import type { PartSize } from './measureSources.ts'
import { pairedRatio } from './pairedRatio.ts'
import { summaryPage } from './summaryPage.ts'
import { outcomesOf } from './TestReport.ts'

const service = { key: 'x', name: 'XService', folder: 'packages/x-service', adapters: [] }
const size = (tokens: number, decisions = 10, catches = 2): PartSize => ({
  files: 1,
  tokens,
  decisions,
  catches,
  logs: 1,
})
const parts = { legacy: size(1_000, 20, 4), migrated: size(700), adapter: size(50), shared: size(60) }
const covered = (share: number) => ({ total: 100, covered: 100 * share })
const passed = (path: string, suite = '') => ({ path, suite, title: 'a test', status: 'passed' })

const good: Measured = {
  services: [{ service, sources: { parts, base: 'BaseService', handWritten: [] } }],
  outcomes: [
    passed('packages/privacy/src/a.test.ts'),
    passed('packages/x-service/src/everyCode.test.ts'),
    passed('packages/x-service/src/xConformance.test.ts', 'legacy: calls'),
    passed('packages/x-service/src/xConformance.test.ts', 'migrated: calls'),
  ],
  coverage: { '/root/packages/x-service/src/migrated/a.ts': { lines: covered(0.95), branches: covered(0.9) } },
  responseTimes: [{ service: 'XService', operation: 'read', ratio: 0.9, legacyMs: 10, migratedMs: 9 }],
}

const judged = (measured: Measured) => criteriaOf(measured).flatMap(({ criteria }) => criteria)
const named = (name: string, measured: Measured) => judged(measured).find((one) => one.name === name)
const withSources = (sources: Partial<Measured['services'][number]['sources']>): Measured => ({
  ...good,
  services: [{ service, sources: { parts, base: 'BaseService', handWritten: [], ...sources } }],
})

describe('criteriaOf', () => {
  it('has every success criterion of the schedule, in its order', () => {
    expect(criteriaOf(good).map(({ title }) => title)).toEqual([
      '30-40% kodminskning per service uppnådd',
      '90%+ testtäckning för alla migrerade tjänster',
      'GDPR-efterlevnad validerad',
      'Svenska felmeddelanden implementerade',
      'BaseService-mönster följt konsekvent',
      'Inga funktionsregression',
      'Förbättrad prestanda',
      'Minskad underhållsbörda',
      'Bättre felhantering och logging',
    ])
  })

  it('is met on the limit, except where being better than legacy is asked for', () => {
    expect(judged(good).filter(({ met }) => !met)).toEqual([])
    const even = { ...good, responseTimes: good.responseTimes.map((one) => Object.assign({}, one, { ratio: 1 })) }
    expect(named('response_time_ratio_x', even)?.met).toBe(false)
    expect(named('code_reduction_x', withSources({ parts: { ...parts, migrated: size(701) } }))?.met).toBe(false)
  })

  it('is not met by what was not measured', () => {
    const nothing = { ...good, outcomes: [], coverage: {}, responseTimes: [] }
    const unmet = judged(nothing).filter(({ met }) => !met)
    expect(unmet.map(({ name }) => name)).toEqual([
      'coverage_lines_x',
      'coverage_branches_x',
      'gdpr_suite',
      'swedish_suite',
      'contract_suite_x_legacy',
      'contract_suite_x_migrated',
      'response_time_ratio_x',
    ])
  })

  it('lists what is written by hand, and a missing base', () => {
    const handWritten = [{ what: 'cache' as const, place: 'packages/x-service/src/migrated/a.ts:3' }]
    const { value, because } = named('base_service_pattern_x', withSources({ handWritten, base: undefined })) ?? {}
    expect(value).toBe(2)
    expect(because?.join('\n')).toContain('a.ts:3: handskriven cache')
  })

  it('names what failed, and says how many could not be run', () => {
    const other = (status: string) => ({ path: 'packages/privacy/src/b.test.ts', suite: '', title: status, status })
    const outcomes = [...good.outcomes, other('skipped'), other('failed')]
    const { value, met, because, text } = named('gdpr_suite', { ...good, outcomes }) ?? {}
    expect([value, met, because]).toEqual([0.5, false, ['packages/privacy/src/b.test.ts: failed']])
    expect(text).toContain('1 kunde inte köras')
  })

  it.each(['legacy: calls', 'XService contract: legacy', 'XService, legacy'])(
    'takes "%s" for legacy alone',
    (title) => {
      const outcomes = [passed('packages/x-service/src/xConformance.test.ts', title)]
      expect(named('contract_suite_x_legacy', { ...good, outcomes })?.met).toBe(true)
      expect(named('contract_suite_x_migrated', { ...good, outcomes })?.met).toBe(false)
    },
  )

  it.each(['XService, legacy calls migrated', 'XService: from migrated to legacy'])(
    'takes "%s" for neither',
    (title) => {
      const outcomes = [passed('packages/x-service/src/xConformance.test.ts', title)]
      expect(named('contract_suite_x_legacy', { ...good, outcomes })?.met).toBe(false)
      expect(named('contract_suite_x_migrated', { ...good, outcomes })?.met).toBe(false)
    },
  )
})

describe('summaryPage', () => {
  it('marks each criterion, and a heading only when all below it are met', () => {
    const measured = withSources({ parts: { ...parts, migrated: size(800) } })
    const page = summaryPage(criteriaOf(measured), measured)
    expect(page).toContain('#### ✗ 30-40% kodminskning per service uppnådd')
    expect(page).toContain('- ✗ XService: 20,0')
    expect(page).toContain('#### ✅ 90%+ testtäckning')
    expect(page).toMatch(/\| XService +\| +1\s000 \| +800 \| +50 \| +60 \|/)
  })

  it('shows a dozen reasons and counts the others', () => {
    const handWritten = Array.from({ length: 15 }, (_, line) => ({ what: 'retry' as const, place: `a.ts:${line}` }))
    const measured = withSources({ handWritten })
    const page = summaryPage(criteriaOf(measured), measured)
    expect(page.match(/handskrivet omförsök$/gm)).toHaveLength(12)
    expect(page).toContain('… och 3 till')
  })

  it('is the same for the same measurements', () => {
    expect(summaryPage(criteriaOf(good), good)).toBe(summaryPage(criteriaOf(good), good))
    expect(summaryPage(criteriaOf(good), good)).not.toMatch(/20\d\d-\d\d-\d\d/)
  })
})

describe('outcomesOf', () => {
  it('takes a file without tests for one that failed', () => {
    const results = { testResults: [{ name: '/root/a.test.ts', status: 'failed', assertionResults: [] }] }
    expect(outcomesOf(results, '/root')).toMatchObject([{ path: 'a.test.ts', status: 'failed' }])
  })
})

describe('pairedRatio', () => {
  it('is the median of the rounds', () => {
    const pairs = [1, 2, 30].map((migratedMs) => ({ legacyMs: 2, migratedMs }))
    expect(pairedRatio(pairs)).toBe(1)
  })
})
