import type { Phase, Plan, ServicePlan } from '@gradvis/feature-flags'
import { sourceOf } from '@gradvis/rollout'

import { formatBps, formatDuration, formatInstant, formatNumber, formatShare } from '../terminal/format.ts'
import type { Line } from '../terminal/Line.ts'
import { tableLines } from '../terminal/tableLines.ts'
import type { Texts } from '../texts/cliMessages.ts'
import { criterionLimit, guardrailLimits } from './limitTexts.ts'

/** The whole plan for people. */
export function planLines(plan: Plan, origin: string, texts: Texts): readonly Line[] {
  const { hash, cooldownMs, minimumOperations, revision } = plan
  const salt = hash.salt === '' ? '' : ` ${texts.text('plan.salt', { salt: hash.salt })}`
  const settings = {
    cooldown: formatDuration(cooldownMs),
    operations: formatNumber(minimumOperations, texts.language),
    hash: `${hash.id} v${hash.version}${salt}`,
  }
  return [
    [{ text: texts.text('plan.heading', { revision }), style: 'bold' }, ` · ${origin}`],
    { text: texts.text('plan.settings', settings), style: 'dim' },
    ...Object.entries(plan.services).flatMap(([service, one]) => serviceLines(service, one, plan, texts)),
  ]
}

function serviceLines(service: string, one: ServicePlan, plan: Plan, texts: Texts): readonly Line[] {
  const depends =
    one.dependsOn.length === 0 ? '' : texts.text('plan.depends_on', { services: one.dependsOn.join(', ') })
  return [
    '',
    [{ text: service, style: 'bold' }, depends === '' ? '' : ` · ${depends}`],
    ...one.phases.flatMap((phase) => phaseLines(service, phase, plan, texts)),
    `  ${texts.text('plan.guardrails')}`,
    ...indented(
      guardrailLimits(one.guardrails, texts).map(({ name, mode, limit }) => [name, mode, limit]),
      4,
    ),
  ]
}

function phaseLines(service: string, phase: Phase, { goals }: Plan, texts: Texts): readonly Line[] {
  const { name, startMs, endMs, percentageBps, errorRateThresholdPercent: threshold, gate } = phase
  const dates = texts.text('plan.phase', { start: minuteOf(startMs), end: minuteOf(endMs) })
  const limit =
    threshold === undefined
      ? texts.text('plan.no_threshold')
      : texts.text('plan.threshold', { limit: formatShare(threshold / 100, texts.language) })
  const goal = goals[name]?.[texts.language]
  const rows = gate.map((criterion) => [
    criterion.id,
    texts.text(`plan.${sourceOf(criterion.evidence)}`),
    criterionLimit(service, criterion, texts),
    criterion[texts.language],
  ])
  return [
    `  ${name} · ${formatBps(percentageBps, texts.language)} · ${dates} · ${limit}`,
    ...(goal === undefined ? [] : [{ text: `    ${goal}`, style: 'dim' } as const]),
    ...(rows.length === 0 ? [`    ${texts.text('plan.no_gate')}`] : indented(rows, 4)),
  ]
}

/** A table without a heading. */
function indented(rows: readonly (readonly string[])[], spaces: number): readonly Line[] {
  const margin = ' '.repeat(spaces)
  const moved = rows.map(([first = '', ...rest]) => [margin + first].concat(rest))
  const columns = (rows[0] ?? []).map(() => ({ title: '' }))
  return tableLines(columns, moved).slice(1)
}

function minuteOf(ms: number): string {
  return formatInstant(ms).slice(0, 16)
}
