import { IMPLEMENTATIONS } from '@gradvis/kernel'
import { z } from 'zod'

import { AUDIT_OUTCOMES } from './AuditTrail.ts'
import { CHAIN_FORMATS } from './chainHash.ts'

const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/)

/** The part of an entry that is there for ever and holds nothing personal. */
const AuditEntry = z.strictObject({
  format: z.enum(CHAIN_FORMATS),
  /** Which key, where there is one. */
  key: z.string().optional(),
  sequence: z.int().positive(),
  /** Epoch milliseconds: when it was recorded. */
  at: z.number(),
  action: z.string(),
  service: z.string(),
  /** Absent for what no implementation did, such as an erasure. */
  implementation: z.enum(IMPLEMENTATIONS).optional(),
  outcome: z.enum(AUDIT_OUTCOMES),
  code: z.string().optional(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  /** Of the personal part, whether it is still there or not. Absent where there never was one. */
  commitment: Sha256Hex.optional(),
})
export type AuditEntry = z.output<typeof AuditEntry>

/** The part that an erasure takes: pseudonyms, and the salt without which nobody can try out who it was about. */
const PersonalPart = z.strictObject({
  salt: z.string(),
  subject: z.string().optional(),
  actor: z.string().optional(),
})
export type PersonalPart = z.output<typeof PersonalPart>

/** The entry in the body of a row; undefined where it is none. */
export function parseAuditEntry(body: string): AuditEntry | undefined {
  return parse(AuditEntry, body)
}

/** The personal part in a row; undefined where it is none. */
export function parsePersonalPart(personal: string): PersonalPart | undefined {
  return parse(PersonalPart, personal)
}

function parse<Schema extends z.ZodType>(schema: Schema, text: string): z.output<Schema> | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
