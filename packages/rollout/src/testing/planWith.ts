import { type PlanData, productionFeatureFlags } from '@gradvis/feature-flags'

type ServiceData = PlanData['services'][string]
type Changes = Partial<Omit<PlanData, 'services'>> &
  Readonly<{ services?: Readonly<Record<string, Partial<ServiceData>>> }>

/** The production plan with what matters to a test changed, service by service. */
export function planWith({ services = {}, ...changes }: Changes = {}): PlanData {
  const original: PlanData = productionFeatureFlags
  const merged = Object.entries(original.services).map(([name, one]) => [name, { ...one, ...services[name] }])
  return { ...original, ...changes, services: Object.fromEntries(merged) as PlanData['services'] }
}
