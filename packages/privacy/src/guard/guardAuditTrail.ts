import type { AuditTrail } from '../audit/AuditTrail.ts'
import type { LeakGuard } from './LeakGuard.ts'

/** A trail whose entries pass the guard. Subject and actor do not: the trail itself keeps pseudonyms of them. */
export function guardAuditTrail(trail: AuditTrail, guard: LeakGuard): AuditTrail {
  return {
    record({ subject, actor, ...rest }) {
      const { service, implementation } = rest
      const cleaned = guard.clean(rest, { channel: 'audit', source: { service, implementation } })
      // Only details can be such that they cannot be read; the entry counts more than they do.
      const entry = typeof cleaned === 'object' ? cleaned : { ...rest, details: undefined }
      return trail.record({ ...entry, subject, actor })
    },
  }
}
