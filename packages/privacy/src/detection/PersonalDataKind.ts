/** What is looked for. Names are only looked for in fields that are declared to hold them, never in running text. */
export const PERSONAL_DATA_KINDS = [
  'personnummer',
  'samordningsnummer',
  'organisationsnummer',
  'email',
  'phone',
  'iban',
  'bankgiro',
  'plusgiro',
  'payment-card',
  'ipv4',
  'ipv6',
  'street-address',
  'name',
  'secret',
] as const
export type PersonalDataKind = (typeof PERSONAL_DATA_KINDS)[number]
