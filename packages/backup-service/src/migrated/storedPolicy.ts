import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { backupErrors } from '../backupErrors.ts'
import { DEFAULT_RETENTION, type RetentionPolicy } from '../contract/RetentionPolicy.ts'
import { policyFile } from '../format/policyFile.ts'
import type { StorePaths } from '../format/storePaths.ts'
import { durable } from './durable.ts'
import { unlessMissing } from './errno.ts'

/** The retention policy that a store has; the default one until another is stored. */
export const storedPolicy = {
  /** Throws `policy_unreadable`: a damaged policy is never replaced by a default that nobody chose. */
  async read(paths: StorePaths): Promise<RetentionPolicy> {
    const text = await readFile(paths.policy, 'utf8').catch(unlessMissing)
    if (text === undefined) return DEFAULT_RETENTION
    const policy = policyFile.parse(text)
    if (!policy) throw backupErrors.create('policy_unreadable', {})
    return policy
  },

  /** `partName` must be one that nobody else uses. */
  async write(paths: StorePaths, policy: RetentionPolicy, partName: string): Promise<void> {
    const part = join(paths.work, partName)
    await durable.write(part, policyFile.serialize(policy))
    await durable.rename(part, paths.policy)
  },

  /** Throws `policy_empty` when it would remove everything but the newest. */
  requireSome(policy: RetentionPolicy): void {
    if (Object.values(policy).every((count) => count === 0)) throw backupErrors.create('policy_empty', {})
  },
}
