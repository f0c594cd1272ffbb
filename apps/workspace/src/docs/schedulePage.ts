import {
  type FlagTable,
  type Guardrails,
  parsePlan,
  type Phase,
  type Plan,
  type PlanData,
  type ServicePlan,
} from '@gradvis/feature-flags'

import { describeEvidence } from './describeEvidence.ts'

/** How the schedule calls the production plan's phases. */
const TITLES: Readonly<Record<string, string>> = {
  initial: 'Initial Rollout',
  extended: 'Utökad Rollout',
  full: 'Fullständig Rollout',
}
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** `docs/GradualRolloutSchedule.md`, in Swedish: the plan for people who decide about it. */
export function schedulePage(flags: FlagTable, written: PlanData): string {
  const plan = parsePlan(written, flags)
  return [
    introduction(plan),
    ...phaseNames(plan).map((name, index) => phaseSection(plan, name, index)),
    metrics(),
    rollbackRules(plan),
    environment(flags),
    procedures(flags),
    success(),
    contact(flags),
  ].join('\n')
}

function introduction({ revision, minimumOperations }: Plan): string {
  return `# Gradual Rollout Schedule - Service Layer BaseService Migration

Skapad av \`npm run docs\` ur \`packages/feature-flags/src/productionFeatureFlags.ts\`, revision ${revision}. Ändra planen, inte
den här sidan.

## Översikt

Detta dokument beskriver den gradvisa utrullningen av de migrerade tjänsterna. Alla tider är UTC. En fas börjar tidigast vid
sin start. Den tar slut när den har varat sin tid **och** varje kriterium är uppfyllt genom bevis: saknas bevis väntar fasen,
hur länge som helst. Dessutom måste den migrerade sidan ha utfört minst ${minimumOperations} operationer i fasen, med en
felfrekvens som inte ligger över fasens tröskel. Kommandot \`gradvis plan\` visar detsamma, \`gradvis status\` hur det går.
`
}

function phaseNames({ services }: Plan): readonly string[] {
  return [...new Set(Object.values(services).flatMap(({ phases }) => phases.map(({ name }) => name)))]
}

function phaseSection(plan: Plan, name: string, index: number): string {
  const services = Object.entries(plan.services).flatMap(([service, one]) => {
    const phase = one.phases.find((other) => other.name === name)
    return phase ? [serviceSection(service, phase, one)] : []
  })
  const percentages = new Set(
    Object.values(plan.services).flatMap(
      ({ phases }) => phases.find((other) => other.name === name)?.percentageBps ?? [],
    ),
  )
  const percent = [...percentages].map((bps) => `${number(bps / 100)} %`).join(' / ')
  const goal = plan.goals[name]
  return `## Fas ${index + 1}: ${TITLES[name] ?? name} (${percent})

${goal ? `**Mål:** ${goal.sv}\n\n` : ''}${services.join('\n')}`
}

function serviceSection(service: string, phase: Phase, { phases, dependsOn }: ServicePlan): string {
  const lines = [
    `- **Start:** ${instant(phase.startMs)}`,
    `- **Procent:** ${number(phase.percentageBps / 100)} %`,
    `- **Varaktighet:** ${days(phase)} (till ${instant(phase.endMs)})`,
    `- **Övervakningströskel:** ${threshold(phase, phases)}`,
    ...(dependsOn.length > 0 ? [`- **Beroende av:** ${dependsOn.join(', ')}`] : []),
    ...gate(phase, phase === phases.at(-1)),
  ]
  return `### ${service}\n\n${lines.join('\n')}\n`
}

function gate({ gate: criteria }: Phase, isLast: boolean): readonly string[] {
  if (criteria.length === 0) return isLast ? [] : ['- **Kriterier för nästa fas:** inga egna']
  const rows = criteria.map(({ id, sv, evidence }) => `  - ${sv} (\`${id}\`: ${describeEvidence(evidence)})`)
  return ['- **Kriterier för nästa fas:**', ...rows]
}

function threshold(phase: Phase, phases: readonly Phase[]): string {
  if (phase.errorRateThresholdPercent !== undefined) return `${number(phase.errorRateThresholdPercent)} % felfrekvens`
  const before = phases
    .slice(0, phases.indexOf(phase))
    .findLast(({ errorRateThresholdPercent }) => errorRateThresholdPercent !== undefined)
  return before ? `${number(before.errorRateThresholdPercent ?? 0)} % felfrekvens, som i fasen före` : 'ingen'
}

function metrics(): string {
  return `## Övervakningsmetriker

- **Felfrekvens:** andelen operationer som misslyckas genom tjänstens eget fel. Ett fel som legacy räddade räknas också; ett
  fel som anroparen gjorde räknas inte.
- **Prestanda:** genomsnittlig responstid jämfört med legacy, samma operation och samma tid.
- **Minnesanvändning:** vad varje sida av en tjänst håller i minnet.
- **GDPR-efterlevnad:** inga läckta personuppgifter och inga överträdelser.
`
}

function rollbackRules({ services, cooldownMs }: Plan): string {
  const all = Object.entries(services)
  const common = all[0]?.[1].guardrails
  const differing = all.filter(([, { guardrails }]) => JSON.stringify(guardrails) !== JSON.stringify(common))
  return `## Automatisk rollback

Prövas vid varje tick (var tionde sekund) i varje fas; ingen väntetid skjuter upp det. Efter en rollback får ingen återuppta
tjänsten på ${number(cooldownMs / MINUTE_MS)} minuter. Tjänster som är beroende av den rullas tillbaka före den.

${common ? guardrailTable(common) : ''}${differing.map(([service, { guardrails }]) => `\nFör ${service} gäller:\n\n${guardrailTable(guardrails)}`).join('')}`
}

function guardrailTable(guardrails: Guardrails): string {
  const { latency } = guardrails
  const sustained = guardrails['error-rate-sustained']
  const support = sustained.rule === 'raw' ? '' : ' och bevisen stöder det'
  const rows = [
    ['error-rate-sustained', `Felfrekvensen överstiger tröskelvärdet i ${number(sustained.minutes)} minuter${support}`],
    [
      'error-rate-early',
      'Bevisen för att felfrekvensen överstiger tröskelvärdet är överväldigande, hur kort tid det än gått',
    ],
    ['security-incident', 'Kritisk säkerhetsincident'],
    [
      'latency',
      `Prestanda försämras med mer än ${number(latency.maxIncreasePercent)} % (skillnader under ${number(latency.minimumDifferenceMs)} ms räknas inte)`,
    ],
    ['gdpr-violation', 'GDPR-överträdelse upptäcks'],
    ['memory-growth', 'Det som tjänsten håller i minnet växer utan att plana ut'],
  ] as const
  const lines = rows.map(([name, text]) => `| ${text} | \`${name}\` | ${MODES[guardrails[name].mode]} |`)
  return `| Kriterium | Skyddsräcke | Verkan |\n|---|---|---|\n${lines.join('\n')}\n`
}

const MODES = {
  observe: 'noteras bara',
  hold: 'fasen väntar',
  pause: 'utrullningen pausas',
  rollback: 'rollback till legacy',
} as const

function environment(flags: FlagTable): string {
  const on = Object.values(flags).map(({ environmentVariable }) => `${environmentVariable}=true`)
  return `## Miljökonfiguration

### Development och staging

Den migrerade sidan gäller om ingenting annat sägs, som med:

\`\`\`bash
${on.join('\n')}
\`\`\`

### Production

\`\`\`bash
# Styrs av productionFeatureFlags.ts och gradvis rollout-logik.
# Börjar med legacy för alla; andelen höjs av utrullningen när bevisen finns.
\`\`\`
`
}

function procedures(flags: FlagTable): string {
  const off = Object.values(flags).map(({ environmentVariable }) => `export ${environmentVariable}=false`)
  return `## Rollback-procedur

Steg för steg, med vad som ska synas: [runbook.md](runbook.md).

### Snabb rollback (emergency)

\`\`\`bash
# Utan omstart, på alla instanser inom en sekund
gradvis force-legacy on --reason "…"

# Med omstart: sätt feature flags till false
${off.join('\n')}

# Eller använd emergency override
export FORCE_LEGACY_SERVICES=true
\`\`\`

### Kontrollerad rollback

1. Minska andelen: genast med \`gradvis set <tjänst> <procent>\`, eller i productionFeatureFlags.ts med höjd \`revision\`.
2. Övervaka systemstabilitet: \`gradvis status --watch\`.
3. Analysera felorsaker: \`gradvis report <tjänst>\`.
4. Planera korrigeringsåtgärder, och återuppta sedan med \`gradvis resume <tjänst>\`.
`
}

function success(): string {
  return `## Framgångskriterier

### Tekniska kriterier

- 30-40 % kodminskning per service
- 90 %+ testtäckning för alla migrerade tjänster
- GDPR-efterlevnad validerad
- Svenska felmeddelanden implementerade
- BaseService-mönster följt konsekvent

### Affärskriterier

- Ingen funktionsregression
- Förbättrad prestanda
- Minskad underhållsbörda
- Bättre felhantering och logging
`
}

function contact(flags: FlagTable): string {
  const owners = [...new Set(Object.values(flags).map(({ owner }) => owner))].join(', ')
  return `## Kontaktinformation

**Migration Team Lead:** ${owners}\\
**Eskalering:** Vid kritiska problem, aktivera emergency rollback omedelbart\\
**Dokumentation:** [architecture.md](architecture.md), [flags.md](flags.md), [errors.md](errors.md)
`
}

function days({ startMs, endMs }: Phase): string {
  const count = (endMs - startMs) / DAY_MS
  return count === 1 ? '1 dag' : `${number(count)} dagar`
}

/** As the schedule writes it: 2025-01-10 08:00 UTC. */
function instant(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}

function number(value: number): string {
  return String(value).replace('.', ',')
}
