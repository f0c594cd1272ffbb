import { defineMessages, type LocalizedText } from '@gradvis/kernel'

import type { RetentionReason } from './contract/ApplyRetention.ts'
import type { Damage } from './contract/VerificationReport.ts'

const reasons = {
  newest: { sv: 'Den senaste säkerhetskopian behålls alltid.', en: 'The newest backup is always kept.' },
  daily: { sv: 'Dagens senaste säkerhetskopia.', en: 'The newest backup of its day.' },
  weekly: { sv: 'Veckans senaste säkerhetskopia.', en: 'The newest backup of its week.' },
  monthly: { sv: 'Månadens senaste säkerhetskopia.', en: 'The newest backup of its month.' },
  oldest: {
    sv: 'Den äldsta säkerhetskopian behålls så länge regeln har platser kvar.',
    en: 'The oldest backup is kept while the policy has room left.',
  },
  not_needed: {
    sv: 'Nyare säkerhetskopior täcker samma dag, vecka och månad, eller så är alla platser fyllda.',
    en: 'Newer backups cover the same day, week and month, or every place is taken.',
  },
} satisfies Record<RetentionReason, LocalizedText>

const damages = {
  manifest_unreadable: {
    sv: 'Manifestet är skadat. Använd en äldre säkerhetskopia.',
    en: 'The manifest is damaged. Use an older backup.',
  },
  archive_missing: {
    sv: 'Arkivfilen saknas. Använd en äldre säkerhetskopia.',
    en: 'The archive file is missing. Use an older backup.',
  },
  archive_changed: {
    sv: 'Arkivfilen har ändrats sedan den skrevs. Använd en äldre säkerhetskopia.',
    en: 'The archive file has changed since it was written. Use an older backup.',
  },
  archive_unreadable: {
    sv: 'Arkivfilen går inte att läsa som ZIP. Använd en äldre säkerhetskopia.',
    en: 'The archive file cannot be read as ZIP. Use an older backup.',
  },
  entry_missing: { sv: 'En post saknas i arkivet.', en: 'An entry is missing from the archive.' },
  entry_unexpected: {
    sv: 'Arkivet har en post som inte hör till säkerhetskopian. Återställ den inte för hand.',
    en: 'The archive has an entry that is no part of the backup. Do not restore it by hand.',
  },
  entry_unsafe: {
    sv: 'Arkivet har en post som kan skriva på fel plats. Återställ den inte för hand.',
    en: 'The archive has an entry that could write to the wrong place. Do not restore it by hand.',
  },
  entry_changed: {
    sv: 'En posts innehåll är inte det som säkerhetskopierades.',
    en: 'The content of an entry is not what was backed up.',
  },
} satisfies Record<Damage['kind'], LocalizedText>

/** Texts for retention reasons (`backup.retention.…`) and kinds of damage (`backup.damage.…`). */
export const backupMessages = {
  ...defineMessages('backup.retention', reasons),
  ...defineMessages('backup.damage', damages),
}
