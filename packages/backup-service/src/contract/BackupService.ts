import { type ServiceOf, tokenOf } from '@gradvis/base-service'

import { backupContract } from './backupContract.ts'

export type BackupService = ServiceOf<typeof backupContract>
export const BackupService = tokenOf(backupContract)
