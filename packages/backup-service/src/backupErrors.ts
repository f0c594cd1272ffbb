import { defineErrors } from '@gradvis/kernel'

const caller = { fault: 'caller', retryable: false } as const
const callerLater = { fault: 'caller', retryable: true } as const
const service = { fault: 'service', retryable: false } as const
const serviceLater = { fault: 'service', retryable: true } as const

export const backupErrors = defineErrors('backup', {
  not_found: {
    ...caller,
    sv: 'Säkerhetskopian finns inte. Lista säkerhetskopiorna och välj en av dem.',
    en: 'There is no such backup. List the backups and choose one of them.',
  },
  damaged: {
    ...service,
    sv: 'Säkerhetskopian är skadad och har inte återställts; inget har ändrats. Kontrollera säkerhetskopian för att se vad som är skadat, eller välj en äldre.',
    en: 'The backup is damaged and was not restored; nothing was changed. Verify it for details and choose an older one.',
  },
  unsupported_format: {
    ...service,
    sv: 'Säkerhetskopian har formatversion {{formatVersion}}, som den här versionen inte läser. Uppdatera programmet.',
    en: 'The backup has format version {{formatVersion}}, which this version does not read. Update the program.',
  },
  source_not_configured: {
    ...caller,
    sv: 'Programmet har ingen källa för poster. Säkerhetskopiera en mapp, eller be administratören ange en källa.',
    en: 'The application has no source of records. Back up a folder, or ask the administrator to configure a source.',
  },
  unknown_record_type: {
    ...caller,
    sv: 'Posttypen {{type}} finns inte. Välj en typ som programmet har.',
    en: 'There is no record type {{type}}. Choose a type that the application has.',
  },
  source_failed: {
    ...serviceLater,
    sv: 'Posterna av typen {{type}} kunde inte läsas, så ingen säkerhetskopia gjordes. Försök igen om en stund.',
    en: 'The records of type {{type}} could not be read, so no backup was made. Try again in a while.',
  },
  folder_not_allowed: {
    ...caller,
    sv: 'Mappen får inte säkerhetskopieras. Ange den absoluta sökvägen till en mapp inom de tillåtna, utanför lagret för säkerhetskopior.',
    en: 'The folder may not be backed up. Give the absolute path of one within the allowed folders, outside the store of backups.',
  },
  folder_not_found: {
    ...caller,
    sv: 'Mappen finns inte eller är ingen mapp. Kontrollera sökvägen och försök igen.',
    en: 'The folder does not exist or is no folder. Check the path and try again.',
  },
  file_unreadable: {
    ...callerLater,
    sv: 'En fil i mappen kunde inte läsas ({{reason}}), så ingen säkerhetskopia gjordes. Kontrollera rättigheterna och försök igen.',
    en: 'A file in the folder could not be read ({{reason}}), so no backup was made. Check permissions and try again.',
  },
  file_changed: {
    ...callerLater,
    sv: 'En fil i mappen ändrades medan den lästes, så ingen säkerhetskopia gjordes. Försök igen när ingen skriver i mappen.',
    en: 'A file in the folder changed while it was read, so no backup was made. Try again when nobody writes there.',
  },
  unsafe_name: {
    ...caller,
    sv: 'En fil i mappen har ett namn som inte säkert går att återställa (till exempel med omvänt snedstreck). Byt namn på den.',
    en: 'A file in the folder has a name that cannot be restored safely (a backslash, for example). Rename it.',
  },
  nothing_to_back_up: {
    ...caller,
    sv: 'Det finns inget att säkerhetskopiera. Kontrollera att källorna är de rätta och att mappen är ansluten.',
    en: 'There is nothing to back up. Check that the sources are the right ones and that the folder is mounted.',
  },
  storage_full: {
    ...serviceLater,
    sv: 'Lagringsutrymmet är fullt; inget halvfärdigt lämnades kvar. Frigör utrymme och försök igen.',
    en: 'The storage is full; nothing half-done was left. Free some space and try again.',
  },
  storage_failed: {
    ...serviceLater,
    sv: 'Lagret svarade med ett fel ({{reason}}). Kontrollera disken och rättigheterna och försök igen.',
    en: 'The storage answered with an error ({{reason}}). Check the disk and its permissions and try again.',
  },
  self_check_failed: {
    ...serviceLater,
    sv: 'Den skrivna säkerhetskopian gick inte att läsa tillbaka rätt och togs bort. Kontrollera disken och försök igen.',
    en: 'The backup as written did not read back right and was thrown away. Check the disk and try again.',
  },
  subject_erased: {
    ...callerLater,
    sv: 'Säkerhetskopieringen avbröts eftersom alla säkerhetskopior raderades samtidigt. Gör en ny om du behöver den.',
    en: 'The backup was given up because all backups of the subject were erased meanwhile. Make it again if wanted.',
  },
  target_not_configured: {
    ...caller,
    sv: 'Programmet tar inte emot återställda poster. Återställ till en mapp i stället.',
    en: 'The application does not take restored records. Restore to a folder instead.',
  },
  target_not_allowed: {
    ...caller,
    sv: 'Det går inte att återställa dit. Välj en mapp inom de tillåtna, utanför lagret, vars överordnade mapp finns.',
    en: 'Restoring to that place is not allowed. Choose a folder within the allowed ones whose parent exists.',
  },
  target_not_empty: {
    ...caller,
    sv: 'Målet är inte tomt och inget har ändrats. Välj ett tomt mål, eller begär att innehållet ersätts.',
    en: 'The target is not empty and nothing was changed. Choose an empty one, or ask for it to be overwritten.',
  },
  target_failed: {
    ...service,
    sv: 'Programmet kunde inte ta emot posterna; inget har ändrats. Se programmets logg och försök igen.',
    en: 'The application could not take the records; nothing was changed. See its log and try again.',
  },
  nothing_to_restore: {
    ...caller,
    sv: 'Säkerhetskopian har inga poster att återställa i programmet. Återställ filerna till en mapp i stället.',
    en: 'The backup has no records to restore into the application. Restore its files to a folder instead.',
  },
  policy_empty: {
    ...caller,
    sv: 'Gallringsregeln behåller ingenting och tillämpas därför inte. Ange minst ett antal större än noll.',
    en: 'The retention policy keeps nothing and is therefore refused. Give at least one number above zero.',
  },
  policy_unreadable: {
    ...service,
    sv: 'Den sparade gallringsregeln går inte att läsa, så inget gallras. Spara regeln på nytt.',
    en: 'The stored retention policy cannot be read, so nothing is removed. Store the policy again.',
  },
  clock_went_back: {
    ...service,
    sv: 'Klockan visar en tid före den senaste säkerhetskopian, så inget gallras. Rätta klockan och försök igen.',
    en: 'The clock is before the newest backup, so nothing is removed. Correct the clock and try again.',
  },
  invalid_cursor: {
    ...caller,
    sv: 'Sidmarkören är ogiltig. Börja om från första sidan.',
    en: 'The page cursor is invalid. Start again from the first page.',
  },
})
