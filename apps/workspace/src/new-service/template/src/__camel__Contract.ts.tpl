import { defineContract, read, type ServiceOf, tokenOf, write } from '@gradvis/base-service'
import { z } from 'zod'

const name = z.string().min(1).max(100)
const entry = z.strictObject({ name, text: z.string().max(10_000) })

export const __camel__Contract = defineContract('__Pascal__Service', {
  saveEntry: write({ summary: 'Saves a text under a name, in the place of what was there.', input: entry, output: entry, idempotent: true }),
  getEntry: read({ summary: 'The entry of a name.', input: z.strictObject({ name }), output: entry }),
  removeEntry: write({
    summary: 'Removes an entry; says whether there was one.',
    input: z.strictObject({ name }),
    output: z.strictObject({ removed: z.boolean() }),
  }),
})

export type __Pascal__Service = ServiceOf<typeof __camel__Contract>
export const __Pascal__Service = tokenOf(__camel__Contract)
