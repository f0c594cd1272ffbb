import { defineErrors } from '@gradvis/kernel'

export const rolloutStoreErrors = defineErrors('rollout_store', {
  invalid_location: {
    fault: 'caller',
    retryable: false,
    sv: 'Platsen för utrullningens lager går inte att använda. Ange en filväg, ”:memory:” eller postgres://användare@värd/databas.',
    en: 'The location of the rollout store cannot be used. Give a file path, ":memory:" or postgres://user@host/database.',
  },
  unavailable: {
    fault: 'service',
    retryable: true,
    sv: 'Utrullningens lager kan inte nås just nu ({{reason}}). Senaste kända läget gäller tills det svarar; kontrollera att databasen är igång.',
    en: 'The rollout store cannot be reached right now ({{reason}}). The last known state applies until it answers; check that the database is running.',
  },
  denied: {
    fault: 'service',
    retryable: true,
    sv: 'Databasen släpper inte in utrullningens lager ({{reason}}). Kontrollera användare, lösenord, databas och behörigheter; nya försök görs hela tiden.',
    en: 'The database does not let the rollout store in ({{reason}}). Check user, password, database and privileges; it keeps trying.',
  },
  read_only: {
    fault: 'service',
    retryable: false,
    sv: 'Utrullningens lager går bara att läsa. Ge processen skrivrätt till filen och dess mapp, eller anslut till den databas som tar emot ändringar.',
    en: 'The rollout store can only be read. Give the process write access to the file and its folder, or connect to the database that takes changes.',
  },
  cannot_open: {
    fault: 'service',
    retryable: false,
    sv: 'Filen för utrullningens lager kan inte öppnas ({{reason}}). Kontrollera att sökvägen leder till en fil i en mapp som processen får skriva i.',
    en: 'The file of the rollout store cannot be opened ({{reason}}). Check that the path leads to a file in a folder that the process may write to.',
  },
  corrupt: {
    fault: 'service',
    retryable: false,
    sv: 'Filen för utrullningens lager är skadad eller ingen databas ({{reason}}). Flytta undan den och återställ en säkerhetskopia; utan kopia börjar utrullningen om från noll.',
    en: 'The file of the rollout store is damaged or no database ({{reason}}). Move it away and restore a backup; without one the rollout begins anew.',
  },
  foreign_file: {
    fault: 'caller',
    retryable: false,
    sv: 'Filen är en databas som hör till något annat program. Ange en annan fil; den här har inte ändrats.',
    en: 'The file is a database that belongs to another program. Name another file; this one was not changed.',
  },
  newer_schema: {
    fault: 'service',
    retryable: false,
    sv: 'Utrullningens lager är skrivet av en nyare version (schema {{found}}, den här klarar {{supported}}). Uppgradera den här processen; lagret har inte ändrats.',
    en: 'The rollout store was written by a newer version (schema {{found}}, this one knows {{supported}}). Upgrade this process; the store was not changed.',
  },
  full: {
    fault: 'service',
    retryable: true,
    sv: 'Disken för utrullningens lager är full och ingenting skrevs. Frigör utrymme och försök igen.',
    en: 'The disk of the rollout store is full and nothing was written. Free some space and try again.',
  },
  busy: {
    fault: 'service',
    retryable: true,
    sv: 'En annan process höll utrullningens lager låst för länge och ingenting skrevs. Försök igen; leta efter en process som har hängt sig om det upprepas.',
    en: 'Another process kept the rollout store locked for too long and nothing was written. Try again; look for a process that hangs if it happens again.',
  },
  damaged: {
    fault: 'service',
    retryable: false,
    sv: 'Rad {{id}} i tabellen {{table}} saknas, är skadad eller skriven av en nyare version. Uppgradera den här processen, eller återställ raden från en säkerhetskopia.',
    en: 'Row {{id}} of table {{table}} is missing, damaged or written by a newer version. Upgrade this process, or restore the row from a backup.',
  },
  sequence_gap: {
    fault: 'caller',
    retryable: false,
    sv: 'Händelse {{after}} finns inte: loggen slutar vid {{last}}. Läs om hela loggen; lagret kan ha återställts från en äldre kopia.',
    en: 'There is no event {{after}}: the log ends at {{last}}. Read the whole log again; the store may have been restored from an older copy.',
  },
  invalid_event: {
    fault: 'caller',
    retryable: false,
    sv: 'Händelsen har inte den form som loggen kräver och ingenting skrevs. Rätta det program som skapade den.',
    en: 'The event does not have the shape that the log asks for and nothing was written. Correct the program that made it.',
  },
  clock_ahead: {
    fault: 'caller',
    retryable: false,
    sv: 'Den här maskinens klocka går {{seconds}} {{seconds, plural(sekund|sekunder)}} före utrullningens lager och ingenting skrevs: mätningar från tiden dessförinnan skulle inte räknas. Ställ maskinens klocka, till exempel med NTP, och försök sedan igen.',
    en: "The clock of this machine is {{seconds}} {{seconds, plural(second|seconds)}} ahead of the rollout store and nothing was written: observations from the time until then would not count. Set this machine's clock, for example by NTP, then try again.",
  },
  invalid_window: {
    fault: 'caller',
    retryable: false,
    sv: 'Ett av mätfönstren har inte den form som lagret kräver och inget av dem skrevs. Rätta det program som skapade det.',
    en: 'One of the observation windows does not have the shape that the store asks for and none was written. Correct the program that made it.',
  },
  failed: {
    fault: 'service',
    retryable: true,
    sv: 'Databasen kunde inte utföra det som utrullningens lager bad om ({{reason}}) och ingenting skrevs. Försök igen, och se databasens logg om det upprepas.',
    en: 'The database could not do what the rollout store asked for ({{reason}}) and nothing was written. Try again, and see the log of the database if it happens again.',
  },
  closed: {
    fault: 'caller',
    retryable: false,
    sv: 'Utrullningens lager är stängt. Öppna det på nytt för att läsa eller skriva.',
    en: 'The rollout store is closed. Open it again to read or write.',
  },
})
