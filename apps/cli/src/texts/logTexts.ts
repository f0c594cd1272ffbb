import { defineMessages } from '@gradvis/kernel'

export const logTexts = defineMessages('log', {
  empty: { sv: 'Loggen har inga sådana händelser.', en: 'The log holds no such events.' },
  no_line: {
    sv: 'Rad {{line}}: ingen händelse i loggens form.',
    en: 'Line {{line}}: no event in the form of the log.',
  },
  gap: {
    sv: 'Rad {{line}}: händelse {{sequence}} följer på {{previous}}; loggen är ofullständig, ändrad eller filtrerad.',
    en: 'Line {{line}}: event {{sequence}} follows {{previous}}; the log is incomplete, changed or filtered.',
  },
  backwards: {
    sv: 'Rad {{line}}: händelse {{sequence}} är {{duration}} äldre än den före; klockan gick bakåt.',
    en: 'Line {{line}}: event {{sequence}} is {{duration}} older than the one before; the clock went backwards.',
  },
  without_effect: {
    sv: 'Rad {{line}}: händelse {{sequence}} ({{type}}) tillåts inte av läget före den och ändrade ingenting.',
    en: 'Line {{line}}: event {{sequence}} ({{type}}) is not allowed by the state before it and changed nothing.',
  },
  consistent: { sv: '{{count}} händelser, loggen hänger ihop.', en: '{{count}} events, the log is consistent.' },
  inconsistent: {
    sv: '{{count}} händelser, {{problems}} ställen hänger inte ihop:',
    en: '{{count}} events, {{problems}} places are inconsistent:',
  },
  notes: { sv: 'Att lägga märke till:', en: 'Worth noting:' },
  state: { sv: 'Läget efter den sista händelsen:', en: 'The state after the last event:' },
})
