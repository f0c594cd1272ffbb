import type { CreateBackupService } from './BackupRig.ts'
import { describeAuditing } from './describeAuditing.ts'
import { describeCancelling } from './describeCancelling.ts'
import { describeCreating } from './describeCreating.ts'
import { describeHostileArchives } from './describeHostileArchives.ts'
import { describeLifecycle } from './describeLifecycle.ts'
import { describeListing } from './describeListing.ts'
import { describeRefusals } from './describeRefusals.ts'
import { describeRemoving } from './describeRemoving.ts'
import { describeRestoring } from './describeRestoring.ts'
import { describeRetention } from './describeRetention.ts'
import { describeVerifying } from './describeVerifying.ts'

/** What any implementation of the contract must do, on a real disk. `create` gives a fresh one, not started. */
export function describeBackupConformance(name: string, create: CreateBackupService): void {
  describeLifecycle(name, create)
  describeCreating(name, create)
  describeRefusals(name, create)
  describeListing(name, create)
  describeVerifying(name, create)
  describeRestoring(name, create)
  describeHostileArchives(name, create)
  describeRemoving(name, create)
  describeRetention(name, create)
  describeCancelling(name, create)
  describeAuditing(name, create)
}
