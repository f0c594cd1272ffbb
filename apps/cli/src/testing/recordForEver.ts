import { systemClock } from '@gradvis/kernel'
import { createAuditTrail } from '@gradvis/privacy'
import { namedPseudonyms } from '@gradvis/privacy/testing'
import { openRecordLog } from '@gradvis/rollout-store'

// A process of its own: records groups of entries, one after the other, for as long as it lives, and says how many were
// acknowledged. Arguments: location, name, entries per group.
const [location = '', writer = '', perGroup = '1'] = process.argv.slice(2)
const log = await openRecordLog(location, { clock: systemClock })
const trail = createAuditTrail({ log, clock: systemClock, pseudonyms: namedPseudonyms })

for (let acknowledged = 0; ; acknowledged += Number(perGroup)) {
  const group = Array.from({ length: Number(perGroup) }, (_none, index) =>
    trail.record({
      action: 'BackupService.createBackup',
      service: 'BackupService',
      implementation: 'migrated',
      outcome: 'ok',
      subject: `subject-${index}`,
      details: { writer, count: acknowledged + index + 1 },
    }),
  )
  await Promise.all(group)
  process.stdout.write(`${acknowledged + group.length}\n`)
}
