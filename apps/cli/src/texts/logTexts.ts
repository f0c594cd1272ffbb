import { defineMessages } from '@gradvis/kernel'

export const logTexts = defineMessages('log', {
  empty: { sv: 'Loggen har inga sådana händelser.', en: 'The log holds no such events.' },
  consistent: { sv: '{{count}} händelser, loggen hänger ihop.', en: '{{count}} events, the log is consistent.' },
  inconsistent: {
    sv: '{{count}} händelser, {{problems}} ställen hänger inte ihop:',
    en: '{{count}} events, {{problems}} places are inconsistent:',
  },
  notes: { sv: 'Att lägga märke till:', en: 'Worth noting:' },
  state: { sv: 'Läget efter den sista händelsen:', en: 'The state after the last event:' },
})
