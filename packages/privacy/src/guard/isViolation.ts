import type { PersonalDataKind } from '../detection/PersonalDataKind.ts'
import type { LeakChannel, LeakFinding } from './LeakFinding.ts'

/**
 * Whether one finding is certain enough to take a service back. `counted` are the kinds that things other than people
 * have too (addresses of servers, giro numbers of associations) or that are told by their form alone: there a single
 * mistake of the detector would stop a rollout.
 */
const WEIGHT = {
  personnummer: 'violation',
  samordningsnummer: 'violation',
  organisationsnummer: 'violation',
  email: 'violation',
  iban: 'violation',
  'payment-card': 'violation',
  secret: 'violation',
  phone: 'counted',
  bankgiro: 'counted',
  plusgiro: 'counted',
  ipv4: 'counted',
  ipv6: 'counted',
  'street-address': 'counted',
  name: 'counted',
} as const satisfies Record<PersonalDataKind, 'violation' | 'counted'>

/**
 * A GDPR violation for the rollout: found on the migrated side, where nobody had declared it, and unmistakable. Not what
 * others have put there: a refusal may repeat what the caller has sent, the cause of an error may be what the application's
 * own code has thrown into the service, and the details of an audit entry are read from the caller's input. Otherwise any
 * caller could take a service back.
 */
export function isViolation({ implementation, kind, channel, path, mistakable }: LeakFinding): boolean {
  if (mistakable) return false
  return (
    implementation === 'migrated' &&
    WEIGHT[kind] === 'violation' &&
    !FOREIGN[channel]?.includes(path.split('.', 1)[0] ?? '')
  )
}

/** The fields that others fill, by channel. */
const FOREIGN: Partial<Record<LeakChannel, readonly string[]>> = { error: ['cause', 'refusal'], audit: ['details'] }
