import { defineMessages } from '@gradvis/kernel'

/** What the program prints besides its usage. */
export const protokollTexts = defineMessages('protokoll', {
  backing_up: {
    sv: '{{count}} användare säkerhetskopierar, kontrollerar och återställer',
    en: '{{count}} subjects back up, verify and restore',
  },
  probing: { sv: '{{count}} användare provar nätverket', en: '{{count}} subjects probe the network' },
  meeting_one: { sv: '{{count}} par möts', en: '{{count}} pair meets' },
  meeting_other: { sv: '{{count}} par möts', en: '{{count}} pairs meet' },
  serving: { sv: 'Svarar på {{url}}. Avsluta med Ctrl+C. Prova:', en: 'Serving on {{url}}. Stop with Ctrl+C. Try:' },
  column_service: { sv: 'tjänst', en: 'service' },
  column_side: { sv: 'sida', en: 'side' },
  column_subjects: { sv: 'användare', en: 'subjects' },
  column_operations: { sv: 'operationer', en: 'operations' },
  column_faults: { sv: 'fel', en: 'faults' },
  column_median: { sv: 'median, ms', en: 'median ms' },
  column_reasons: { sv: 'skäl', en: 'reasons' },
  legacy: { sv: 'legacy', en: 'legacy' },
  migrated: { sv: 'migrerad', en: 'migrated' },
  note: {
    sv: 'Den första i ett par går direkt in i ett tomt rum och den andra väntar på förbindelsen: medianen för WebRTCPeerService\nhamnar på det av de två som sidan hade flest av.',
    en: 'Of a pair, the first joins an empty room at once and the second waits for the connection: WebRTCPeerService’s median\nfalls on whichever of the two a side had more of.',
  },
})
