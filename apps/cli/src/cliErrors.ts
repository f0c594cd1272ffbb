import { defineErrors } from '@gradvis/kernel'

/** What can go wrong before the rollout is asked at all. `hint` is empty, or a sentence that begins with a space. */
export const cliErrors = defineErrors('cli', {
  unknown_verb: {
    fault: 'caller',
    retryable: false,
    sv: 'Kommandot "{{name}}" finns inte.{{hint}} Alla kommandon: {{help}}.',
    en: 'There is no command "{{name}}".{{hint}} All commands: {{help}}.',
  },
  no_verb: {
    fault: 'caller',
    retryable: false,
    sv: 'Inget kommando att utföra eller visa hjälp för. Alla kommandon: {{help}}.',
    en: 'There is no command to do or to show the help of. All commands: {{help}}.',
  },
  unknown_option: {
    fault: 'caller',
    retryable: false,
    sv: 'Flaggan "{{name}}" finns inte här.{{hint}} Alla flaggor: {{help}}.',
    en: 'There is no option "{{name}}" here.{{hint}} All options: {{help}}.',
  },
  missing_argument: {
    fault: 'caller',
    retryable: false,
    sv: 'Argumentet <{{name}}> saknas. Skriv det efter kommandot; exempel: {{help}}.',
    en: 'The argument <{{name}}> is missing. Write it after the command; examples: {{help}}.',
  },
  option_without_value: {
    fault: 'caller',
    retryable: false,
    sv: 'Flaggan "{{name}}" behöver ett värde. Skriv det efter flaggan; exempel: {{help}}.',
    en: 'The option "{{name}}" needs a value. Write it after the option; examples: {{help}}.',
  },
  too_many_arguments: {
    fault: 'caller',
    retryable: false,
    sv: 'För många argument. Sätt citattecken om det som innehåller blanksteg; exempel: {{help}}.',
    en: 'Too many arguments. Put what contains spaces in quotes; examples: {{help}}.',
  },
  invalid_input: {
    fault: 'caller',
    retryable: false,
    sv: '{{details}}. Rätta det och kör igen; exempel: {{help}}.',
    en: '{{details}}. Correct it and run it again; examples: {{help}}.',
  },
  unknown_service: {
    fault: 'caller',
    retryable: false,
    sv: 'Tjänsten "{{name}}" finns inte.{{hint}} Tjänster: {{known}}; början av namnet räcker.',
    en: 'There is no service "{{name}}".{{hint}} Services: {{known}}; the beginning of the name is enough.',
  },
  ambiguous_service: {
    fault: 'caller',
    retryable: false,
    sv: '"{{name}}" kan vara {{candidates}}. Skriv mer av namnet.',
    en: '"{{name}}" may be {{candidates}}. Write more of the name.',
  },
  confirmation_needed: {
    fault: 'caller',
    retryable: false,
    sv: 'Detta ändrar utrullningen och behöver bekräftas, men ingen terminal finns att fråga i. Lägg till --yes. Ingenting ändrades.',
    en: 'This changes the rollout and needs to be confirmed, but there is no terminal to ask in. Add --yes. Nothing was changed.',
  },
  erasure_confirmation_needed: {
    fault: 'caller',
    retryable: false,
    sv: 'Detta raderar personuppgifter för alltid och behöver bekräftas, men ingen terminal finns att fråga i. Lägg till --yes. Ingenting ändrades.',
    en: 'This erases personal data for good and needs to be confirmed, but there is no terminal to ask in. Add --yes. Nothing was changed.',
  },
  declined: {
    fault: 'caller',
    retryable: false,
    sv: 'Inte bekräftat. Ingenting ändrades; kör kommandot igen och svara j om du vill ändra.',
    en: 'Not confirmed. Nothing was changed; run the command again and answer y if you want the change.',
  },
  store_missing: {
    fault: 'caller',
    retryable: false,
    sv: 'Här finns inget lager: {{location}}. Ange den fil som applikationen använder med --store eller GRADVIS_STORE, eller starta applikationen en gång så skapas den.',
    en: 'There is no store here: {{location}}. Name the file that the application uses with --store or GRADVIS_STORE, or start the application once, which creates it.',
  },
  store_unreachable: {
    fault: 'service',
    retryable: true,
    sv: 'Lagret svarade inte inom {{seconds}} s: {{location}}. Kontrollera att databasen är igång och nåbar härifrån, och kör igen.',
    en: 'The store did not answer within {{seconds}} s: {{location}}. Check that the database is up and reachable from here, and run again.',
  },
  unreadable_file: {
    fault: 'caller',
    retryable: false,
    sv: 'Filen {{file}} går inte att läsa ({{cause}}). Kontrollera sökväg och rättigheter.',
    en: 'The file {{file}} cannot be read ({{cause}}). Check its path and permissions.',
  },
  invalid_json: {
    fault: 'caller',
    retryable: false,
    sv: 'Filen {{file}} är inte JSON ({{cause}}). Rätta den och kör igen.',
    en: 'The file {{file}} is not JSON ({{cause}}). Correct it and run it again.',
  },
  empty_log_file: {
    fault: 'caller',
    retryable: false,
    sv: 'Det finns inga händelser i {{file}}, så det finns inget att spela upp. Skriv loggen på nytt med gradvis export > log.jsonl och spela upp den filen.',
    en: 'There are no events in {{file}}, so there is nothing to replay. Write the log again with gradvis export > log.jsonl, and replay that file.',
  },
  empty_audit_file: {
    fault: 'caller',
    retryable: false,
    sv: 'Det finns inga poster i {{file}}, så det finns inget att kontrollera. Skriv granskningsloggen på nytt med gradvis audit export > audit.jsonl och kontrollera den filen.',
    en: 'There are no entries in {{file}}, so there is nothing to verify. Write the audit trail again with gradvis audit export > audit.jsonl, and verify that file.',
  },
  empty_log: {
    fault: 'caller',
    retryable: false,
    sv: 'Lagrets logg är tom, så det finns inget att spela upp: {{location}}. Ange det lager som applikationen använder med --store eller GRADVIS_STORE, eller starta applikationen, som då antar sin plan.',
    en: 'The log of the store is empty, so there is nothing to replay: {{location}}. Name the store that the application uses with --store or GRADVIS_STORE, or start the application, which then adopts its plan.',
  },
})
