import type { RolloutController } from '@gradvis/rollout'

import type { Violation } from '../privacy/LeakReports.ts'

/**
 * Reports an incident for what was found, unless one is latched already: the next call is on legacy. A leaked secret is
 * an incident of security. Rejects while the rollout cannot be written.
 */
export async function reportViolation(
  controller: Pick<RolloutController, 'status' | 'execute'>,
  { service, channel, kind, path }: Violation,
  instance: string,
): Promise<void> {
  const { plan, services } = controller.status
  if (services[service]?.incident !== undefined) return
  // A service of no plan has no rollout to be taken back from.
  if (plan !== undefined && services[service] === undefined) return
  const incident = kind === 'secret' ? 'security' : 'gdpr'
  const where = path === '' ? channel : `${channel}, ${path}`
  await controller.execute(
    { type: 'report-incident', service, kind: incident, severity: 'critical' },
    { actor: `leak-guard@${instance}`, reason: `${kind} (${where})` },
  )
}
