import { defineMessages } from '@gradvis/kernel'

export const logTexts = defineMessages('log', {
  empty: { sv: 'Loggen har inga sådana händelser.', en: 'The log holds no such events.' },
  consistent: {
    sv: '{{count, number}} {{count, plural(händelse|händelser)}}, loggen hänger ihop.',
    en: '{{count, number}} {{count, plural(event|events)}}, the log is consistent.',
  },
  inconsistent: {
    sv: '{{count, number}} {{count, plural(händelse|händelser)}}, {{problems, number}} {{problems, plural(ställe|ställen)}} hänger inte ihop:',
    en: '{{count, number}} {{count, plural(event|events)}}, {{problems, number}} {{problems, plural(place is|places are)}} inconsistent:',
  },
  notes: { sv: 'Att lägga märke till:', en: 'Worth noting:' },
  state: { sv: 'Läget efter den sista händelsen:', en: 'The state after the last event:' },
})
