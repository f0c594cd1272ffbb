import type { Plan } from '@gradvis/feature-flags'
import { sourceOf } from '@gradvis/rollout'

import { isoOf } from '../terminal/format.ts'

/** The plan for machines, with the source of every criterion said. */
export function planReport(plan: Plan, source: 'store' | 'production' | 'file') {
  const { revision, hash, cooldownMs, minimumOperations, goals, services } = plan
  return {
    source,
    revision,
    hash,
    cooldownMs,
    minimumOperations,
    goals,
    services: Object.fromEntries(
      Object.entries(services).map(([service, { phases, targeting, dependsOn, guardrails }]) => [
        service,
        {
          phases: phases.map(({ startMs, endMs, percentageBps, gate, ...phase }) => ({
            ...phase,
            start: isoOf(startMs),
            end: isoOf(endMs),
            percentage: percentageBps / 100,
            gate: gate.map((criterion) => ({ ...criterion, source: sourceOf(criterion.evidence) })),
          })),
          targeting: targeting ?? null,
          dependsOn,
          guardrails,
        },
      ]),
    ),
  }
}
