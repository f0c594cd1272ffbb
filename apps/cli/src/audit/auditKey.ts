import type { Session } from '../Session.ts'

/** What the trail is chained with: `GRADVIS_AUDIT_KEY`. Throws `audit.invalid_key`. */
export async function auditKey({ env }: Session): Promise<Uint8Array | undefined> {
  // Finding personal data takes its time to load, and other commands find none.
  const { parseAuditKey } = await import('@gradvis/privacy')
  return parseAuditKey(env['GRADVIS_AUDIT_KEY'])
}
