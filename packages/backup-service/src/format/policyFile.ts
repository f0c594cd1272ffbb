import { z } from 'zod'

import { RetentionPolicy } from '../contract/RetentionPolicy.ts'

const PolicyFile = z.strictObject({
  format: z.literal('gradvis.backup-retention'),
  formatVersion: z.literal(1),
  policy: RetentionPolicy,
})

/** The text of the file that keeps the retention policy. */
export const policyFile = {
  serialize(policy: RetentionPolicy): string {
    const file: z.infer<typeof PolicyFile> = { format: 'gradvis.backup-retention', formatVersion: 1, policy }
    return `${JSON.stringify(file)}\n`
  },

  /** Undefined when the text is no policy file: then nothing may be removed by a default that nobody chose. */
  parse(text: string): RetentionPolicy | undefined {
    try {
      return PolicyFile.safeParse(JSON.parse(text)).data?.policy
    } catch {
      return undefined
    }
  },
}
