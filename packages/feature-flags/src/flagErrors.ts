import { defineErrors } from '@gradvis/kernel'

/** What is wrong with an environment, a flag table, a plan or a question. All are found before anything is decided. */
export const flagErrors = defineErrors('flags', {
  invalid_environment_value: {
    fault: 'caller',
    retryable: false,
    sv: 'Miljövariabeln {{variable}} har värdet "{{value}}", men bara {{accepted}} godtas. Rätta värdet, eller ta bort variabeln, och starta om.{{more}}',
    en: 'The environment variable {{variable}} is "{{value}}", but only {{accepted}} is accepted. Correct the value, or unset the variable, and start again.{{more}}',
  },
  unknown_environment_variable: {
    fault: 'caller',
    retryable: false,
    sv: 'Miljövariabeln {{variable}} (värde "{{value}}") är okänd. Menade du {{nearest}}? Godtagna namn är {{known}}, med värdet {{accepted}}. Rätta namnet, eller ta bort variabeln, och starta om.{{more}}',
    en: 'The environment variable {{variable}} (value "{{value}}") is unknown. Did you mean {{nearest}}? Accepted names are {{known}}, with the value {{accepted}}. Correct the name, or unset the variable, and start again.{{more}}',
  },
  unknown_service: {
    fault: 'caller',
    retryable: false,
    sv: 'Tjänsten "{{service}}" finns inte i flaggtabellen, som har {{known}}. Rätta namnet, eller lägg till tjänsten i {{file}}.',
    en: 'The service "{{service}}" is not in the flag table, which has {{known}}. Correct the name, or add the service to {{file}}.',
  },
  invalid_flag_key: {
    fault: 'caller',
    retryable: false,
    sv: 'Flaggnyckeln "{{flagKey}}" för {{service}} går inte att använda. Skriv den med synliga ASCII-tecken utan blanksteg.',
    en: 'The flag key "{{flagKey}}" of {{service}} cannot be used. Write it in visible ASCII characters without spaces.',
  },
  shared_flag: {
    fault: 'caller',
    retryable: false,
    sv: '{{other}} och {{service}} delar "{{value}}" i flaggtabellen. Ge varje tjänst en egen flaggnyckel och en egen variabel.',
    en: '{{other}} and {{service}} share "{{value}}" in the flag table. Give each service a flag key and a variable of its own.',
  },
  invalid_plan: {
    fault: 'caller',
    retryable: false,
    sv: 'Utrullningsplanen är ogiltig: {{details}}. Rätta planen och läs in den igen.',
    en: 'The rollout plan is invalid: {{details}}. Correct the plan and load it again.',
  },
  overlapping_phases: {
    fault: 'caller',
    retryable: false,
    sv: 'Faser överlappar i utrullningsplanen: {{first}} men {{second}}. Flytta den senare fasens start, eller korta den tidigare fasen.',
    en: 'Phases overlap in the rollout plan: {{first}} but {{second}}. Move the start of the later phase, or shorten the earlier one.',
  },
  reversed_dates: {
    fault: 'caller',
    retryable: false,
    sv: 'Datum står i fel ordning i utrullningsplanen: {{first}} men {{second}}. Skriv dem i tidsordning.',
    en: 'Dates are in the wrong order in the rollout plan: {{first}} but {{second}}. Write them in order of time.',
  },
  shrinking_percentage: {
    fault: 'caller',
    retryable: false,
    sv: 'Andelen minskar i utrullningsplanen: {{first}} men {{second}}. En senare fas ska ha minst samma andel; gå i stället tillbaka genom en rollback till legacy.',
    en: 'The percentage shrinks in the rollout plan: {{first}} but {{second}}. A later phase needs at least the same percentage; go back by a rollback instead.',
  },
  missing_dependency: {
    fault: 'caller',
    retryable: false,
    sv: 'Utrullningsplanen har {{first}}, men {{service}} saknas bland planens tjänster. Lägg till {{service}}, eller ta bort beroendet.',
    en: 'The rollout plan has {{first}}, but {{service}} is not among its services. Add {{service}}, or drop the dependency.',
  },
  circular_dependency: {
    fault: 'caller',
    retryable: false,
    sv: 'Beroenden går i cirkel i utrullningsplanen: {{first}} men {{second}}. Ta bort ett av dem.',
    en: 'Dependencies go in a circle in the rollout plan: {{first}} but {{second}}. Drop one of them.',
  },
  invalid_percentage: {
    fault: 'caller',
    retryable: false,
    sv: 'Andelen {{value}} för {{service}} är ogiltig. Ange hela baspunkter från 0 till 10000 (100 är en procent).',
    en: 'The percentage {{value}} of {{service}} is invalid. Give whole basis points from 0 to 10000 (100 are one percent).',
  },
})
