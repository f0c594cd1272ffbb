import type { CoverageSummary } from '../tests/migratedCoverage.ts'
import { coveredShare } from './coveredShare.ts'
import { type Criterion, criterion } from './Criterion.ts'
import type { HandWritten } from './handWritten.ts'
import type { SourceFacts } from './measureSources.ts'
import type { ResponseRatio } from './measureResponseTimes.ts'
import type { MigratedService } from './MigratedService.ts'
import { median } from './pairedRatio.ts'
import { passedOf, shareOf, type TestOutcome } from './TestReport.ts'
import { decimal, percent, roughly, whole } from './swedishNumbers.ts'

/** Everything that was measured, from which the criteria follow. */
export type Measured = Readonly<{
  services: readonly Readonly<{ service: MigratedService; sources: SourceFacts }>[]
  outcomes: readonly TestOutcome[]
  coverage: CoverageSummary
  responseTimes: readonly ResponseRatio[]
}>

/** The schedule's heading that a criterion belongs to, as it stands there. */
export type Heading = Readonly<{ title: string; criteria: readonly Criterion[] }>

const GDPR = /^packages\/(privacy\/|service-layer\/src\/privacy\/)|\/privacy\.test\.ts$/
const SWEDISH = /everyCode\.test\.ts$|^packages\/service-layer\/src\/swedish\//

/** The schedule's success criteria in its order and its words, judged. Pure. */
export function criteriaOf(measured: Measured): readonly Heading[] {
  const each = (of: (one: Measured['services'][number]) => readonly Criterion[]) => measured.services.flatMap(of)
  const suite = (pattern: RegExp) => measured.outcomes.filter(({ path }) => pattern.test(path))
  return [
    { title: '30-40% kodminskning per service uppnådd', criteria: each(codeReduction) },
    {
      title: '90%+ testtäckning för alla migrerade tjänster',
      criteria: each(({ service }) => coverage(service, measured.coverage)),
    },
    { title: 'GDPR-efterlevnad validerad', criteria: [suiteCriterion('gdpr_suite', suite(GDPR))] },
    { title: 'Svenska felmeddelanden implementerade', criteria: [suiteCriterion('swedish_suite', suite(SWEDISH))] },
    { title: 'BaseService-mönster följt konsekvent', criteria: each(pattern) },
    {
      title: 'Inga funktionsregression',
      criteria: each(({ service }) => regressions(service, measured.outcomes)),
    },
    {
      title: 'Förbättrad prestanda',
      criteria: each(({ service }) => [responseTime(service, measured.responseTimes)]),
    },
    { title: 'Minskad underhållsbörda', criteria: each((one) => [decisions(one)]) },
    { title: 'Bättre felhantering och logging', criteria: each((one) => [ownHandling(one)]) },
  ]
}

type Service = Measured['services'][number]

function codeReduction({ service, sources }: Service): Criterion[] {
  const { legacy, migrated } = sources.parts
  const reduction = 1 - migrated.tokens / legacy.tokens
  const text = `${service.name}: ${percent(reduction)} (${whole(legacy.tokens)} symboler i legacy, ${whole(migrated.tokens)} i den migrerade)`
  return [criterion(`code_reduction_${service.key}`, reduction, ['>=', 0.3], text)]
}

function coverage({ key, name, folder }: MigratedService, summary: CoverageSummary): Criterion[] {
  return (['lines', 'branches'] as const).map((kind) => {
    const share = coveredShare(summary, `${folder}/src/migrated/`, kind)
    const text = `${name}: ${percent(share)} av ${kind === 'lines' ? 'raderna' : 'grenarna'}`
    return criterion(`coverage_${kind}_${key}`, share, ['>=', 0.9], text)
  })
}

function suiteCriterion(name: string, outcomes: readonly TestOutcome[], prefix = ''): Criterion {
  const result = passedOf(outcomes)
  const { passed, failed, skipped } = result
  const text = `${prefix}${whole(passed)} av ${whole(passed + failed.length)} tester godkända`
  const more = skipped.length > 0 ? ` (${skipped.length} kunde inte köras på den här maskinen)` : ''
  return criterion(name, shareOf(result), ['>=', 1], text + more, failed)
}

const WHAT = {
  retry: 'handskrivet omförsök',
  cache: 'handskriven cache',
  'error-mapping': 'handskriven felöversättning',
} as const satisfies Record<HandWritten, string>

function pattern({ service, sources }: Service): Criterion[] {
  const { base, handWritten } = sources
  const places = handWritten.map(({ what, place }) => `${place}: ${WHAT[what]}`)
  const because = base
    ? places
    : [`${service.folder}: ingen klass utökar BaseService eller MediaBaseService`, ...places]
  const text = `${service.name}: ${base ? `utökar ${base}` : 'utökar ingen bas'}, handskrivna omförsök, cachar och felöversättningar: ${places.length}`
  return [criterion(`base_service_pattern_${service.key}`, because.length, ['<=', 0], text, because)]
}

function regressions({ key, name, folder }: MigratedService, outcomes: readonly TestOutcome[]): Criterion[] {
  const own = outcomes.filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith('Conformance.test.ts'))
  return (['legacy', 'migrated'] as const).map((side) => {
    // Titles that name both sides belong to the tests of a change between them.
    const suites = own.filter(({ suite }) => suite.startsWith(`${side}:`) || ONLY[side].test(suite))
    const prefix = `${name}, ${side === 'legacy' ? 'legacy' : 'migrerad'}: `
    return suiteCriterion(`contract_suite_${key}_${side}`, suites, prefix)
  })
}

const ONLY = { legacy: /^\S+( contract:|,) legacy$/, migrated: /^\S+( contract:|,) migrated$/ } as const

function responseTime({ key, name }: MigratedService, all: readonly ResponseRatio[]): Criterion {
  const own = all.filter(({ service }) => service === name)
  const ratio = own.length === 0 ? Number.NaN : median(own.map((one) => one.ratio))
  const each = own.map(
    ({ operation, ratio, legacyMs, migratedMs }) =>
      `${operation} ${decimal(ratio)} (${roughly(migratedMs)} mot ${roughly(legacyMs)} ms)`,
  )
  const text = `${name}: ${decimal(ratio)} gånger svarstiden hos legacy, medianen av ${each.join(', ')}`
  return criterion(`response_time_ratio_${key}`, ratio, ['<', 1], text)
}

function decisions({ service, sources }: Service): Criterion {
  const { legacy, migrated } = sources.parts
  const text = `${service.name}: ${migrated.decisions} förgreningar mot ${legacy.decisions} i legacy`
  return criterion(`decisions_ratio_${service.key}`, migrated.decisions / legacy.decisions, ['<', 1], text)
}

function ownHandling({ service, sources }: Service): Criterion {
  const { legacy, migrated } = sources.parts
  const ratio = (migrated.catches + migrated.logs) / (legacy.catches + legacy.logs)
  const text = `${service.name}: handskrivna felfångster ${migrated.catches} mot ${legacy.catches} i legacy, loggrader ${migrated.logs} mot ${legacy.logs}`
  return criterion(`own_error_and_log_code_ratio_${service.key}`, ratio, ['<', 1], text)
}
