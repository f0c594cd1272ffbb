import type { TrailBreakKind } from '@gradvis/privacy'
import { defineMessages } from '@gradvis/kernel'

export const auditTexts = defineMessages('audit_trail', {
  empty: { sv: 'Granskningsloggen är tom.', en: 'The audit trail is empty.' },
  valid: {
    sv: '{{entries, number}} {{entries, plural(post|poster)}} ({{first}}–{{last}}): ingenting är borttaget, ändrat eller flyttat.',
    en: '{{entries, number}} {{entries, plural(entry|entries)}} ({{first}}–{{last}}): nothing was removed, changed or moved.',
  },
  erased: {
    sv: '{{erased, number}} av dem har förlorat sina personuppgifter genom en radering som står i loggen.',
    en: '{{erased, number}} of them lost their personal data to an erasure that the trail holds.',
  },
  part: {
    sv: 'Det är en del av en granskningslogg: post 1–{{before}} finns inte i filen.',
    en: 'It is a part of an audit trail: entries 1–{{before}} are not in the file.',
  },
  checkpoint: { sv: 'Kontrollpunkt: {{checkpoint}}', en: 'Checkpoint: {{checkpoint}}' },
  keep: {
    sv: 'Spara den utanför lagret: bara med --checkpoint märks det om hela loggen byts mot en äldre kopia.',
    en: 'Keep it outside the store: only with --checkpoint is it noticed when the whole trail is replaced by an older copy.',
  },
  keyless: {
    sv: 'Loggen har ingen nyckel (GRADVIS_AUDIT_KEY): den som kan skriva i lagret kan räkna om hela kedjan, och också det märks bara med --checkpoint.',
    en: 'The trail has no key (GRADVIS_AUDIT_KEY): whoever can write to the store can compute the whole chain anew, and that, too, is noticed only with --checkpoint.',
  },
  broken: { sv: 'Bruten vid post {{sequence}}: {{how}}', en: 'Broken at entry {{sequence}}: {{how}}' },
  before: {
    sv: '{{entries, number}} {{entries, plural(post|poster)}} före den håller; det som följer bevisar ingenting. Spara lagret som det är och jämför med säkerhetskopior och exporter.',
    en: '{{entries, number}} {{entries, plural(entry|entries)}} before it {{entries, plural(holds|hold)}}; what follows proves nothing. Keep the store as it is and compare it with backups and exports.',
  },
  erase_preview: {
    sv: 'Personens pseudonymer raderas ur varje post i granskningsloggen, för alltid, och en post som säger det läggs till.',
    en: 'The person’s pseudonyms are erased from every entry of the audit trail, for good, and an entry that says so is added.',
  },
  erase_done: {
    sv: 'Raderat ur {{entries, number}} {{entries, plural(post|poster)}}: {{sequences}}',
    en: 'Erased from {{entries, number}} {{entries, plural(entry|entries)}}: {{sequences}}',
  },
  erase_nothing: {
    sv: 'Ingen post handlar om personen under {{keys, plural(nyckeln|någon av nycklarna)}} {{ids}}. Ingenting ändrades. Kontrollera att id:t är skrivet som i applikationen och att applikationen har samma nycklar, även de äldre: under andra nycklar hittas ingen.',
    en: 'No entry is about the person under {{keys, plural(the key|any of the keys)}} {{ids}}. Nothing was changed. Check that the id is written as in the application and that the application has the same keys, older ones too: under other keys nobody is found.',
  },
})

/** What is wrong with an entry, in words. */
export const breakTexts = defineMessages('audit_break', {
  removed: { sv: 'den är borttagen.', en: 'it was removed.' },
  moved: { sv: 'den är flyttad; den står längre fram.', en: 'it was moved; it stands further on.' },
  edited: { sv: 'den är ändrad.', en: 'it was changed.' },
  'personal-edited': { sv: 'dess personuppgifter är ändrade.', en: 'its personal data was changed.' },
  'erased-without-entry': {
    sv: 'dess personuppgifter är borta utan att någon radering står i loggen.',
    en: 'its personal data is gone, and no erasure in the trail says so.',
  },
  restored: {
    sv: 'dess personuppgifter är tillbaka fast loggen säger att de är raderade.',
    en: 'its personal data is back, although the trail says that it was erased.',
  },
  truncated: {
    sv: 'loggen är avkortad; den och allt efter den saknas.',
    en: 'the trail was cut off; it and all that followed it is missing.',
  },
  added: { sv: 'den är tillagd förbi loggen.', en: 'it was added past the trail.' },
  rewritten: {
    sv: 'kedjan fram till den hänger ihop men är inte den som skrevs.',
    en: 'the chain up to it holds together but is not the one that was written.',
  },
} satisfies Record<TrailBreakKind, { sv: string; en: string }>)
