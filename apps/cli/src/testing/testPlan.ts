import { type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'

const text = (words: string) => ({ sv: words, en: words })
const gate = [
  { id: 'error-rate', ...text('errors'), evidence: { kind: 'error-rate', belowPercent: 0.5 } },
  { id: 'self-test', ...text('itself'), evidence: { kind: 'probe' } },
  { id: 'audit', ...text('audit'), evidence: { kind: 'sign-off' } },
] satisfies PlanData['services'][string]['phases'][number]['gate']

const { services } = productionFeatureFlags

/** The production schedule, with one criterion of each source in every first phase. */
export const testPlan: PlanData = {
  ...productionFeatureFlags,
  services: Object.fromEntries(
    Object.entries(services).map(([service, { phases }]) => [
      service,
      { phases: phases.map((phase) => (phase.name === 'initial' ? Object.assign({}, phase, { gate }) : phase)) },
    ]),
  ),
}
