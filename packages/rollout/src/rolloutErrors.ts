import { defineErrors } from '@gradvis/kernel'

/** Why a command was refused, or the engine holds still. None of them leaves anything half done. */
export const rolloutErrors = defineErrors('rollout', {
  sequence_conflict: {
    fault: 'caller',
    retryable: true,
    sv: 'Någon annan har ändrat utrullningen under tiden (händelse {{expected}} var redan skriven). Läs läget igen och försök på nytt.',
    en: 'Somebody else has changed the rollout in the meantime (event {{expected}} was already written). Read the status again and retry.',
  },
  no_plan: {
    fault: 'caller',
    retryable: false,
    sv: 'Här finns ingen utrullning ännu: ingen plan är antagen. Starta applikationen mot samma lager en gång, så antar den sin plan.',
    en: 'There is no rollout here yet: no plan was adopted. Start the application against the same store once, and it adopts its plan.',
  },
  unknown_service: {
    fault: 'caller',
    retryable: false,
    sv: 'Tjänsten "{{service}}" finns inte i planen, som har {{known}}. Rätta namnet.',
    en: 'The service "{{service}}" is not in the plan, which has {{known}}. Correct the name.',
  },
  unknown_criterion: {
    fault: 'caller',
    retryable: false,
    sv: 'Kriteriet "{{criterion}}" behöver inget godkännande i fasen {{phase}} för {{service}}. Välj ett som behöver det: {{known}}.',
    en: 'The criterion "{{criterion}}" needs no sign-off in phase {{phase}} of {{service}}. Choose one that does: {{known}}.',
  },
  incident_latched: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} hålls på legacy av en {{kind}}. Utred den, släpp den med en motivering och försök sedan igen.',
    en: '{{service}} is held on legacy by {{kind}}. Investigate it, release it with a reason, then try again.',
  },
  no_incident: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} har ingen öppen incident att släppa. Se vilka tjänster som har det med gradvis status.',
    en: '{{service}} has no open incident to release. See which services have one with gradvis status.',
  },
  cooling_down: {
    fault: 'caller',
    retryable: true,
    sv: '{{service}} är tillbakarullad och får återupptas tidigast {{until, instant}}. Använd tiden till att hitta orsaken.',
    en: '{{service}} is rolled back and may be resumed at {{until, instant}} at the earliest. Use the time to find the cause.',
  },
  rolled_back: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} är tillbakarullad. Återuppta den först; den börjar då om från den första fasen.',
    en: '{{service}} is rolled back. Resume it first; it then begins at the first phase again.',
  },
  emergency_stop: {
    fault: 'caller',
    retryable: false,
    sv: 'Nödstoppet är på, så ingen fas kan börja. Slå av det först (force-legacy off).',
    en: 'The emergency stop is on, so no phase can begin. Switch it off first (force-legacy off).',
  },
  nothing_to_do: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} är redan {{state}}. Ingenting ändrades; se läget med gradvis status.',
    en: '{{service}} is {{state}} already. Nothing was changed; see the state with gradvis status.',
  },
  another_phase: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} är i fasen {{phase}}, och nästa är {{next}}, inte {{to}}. Ingenting ändrades; se läget och bestäm på nytt.',
    en: '{{service}} is in phase {{phase}}, and the next one is {{next}}, not {{to}}. Nothing was changed; look at the status and decide again.',
  },
  invalid_instance: {
    fault: 'caller',
    retryable: false,
    sv: 'Instansens namn går inte att använda. Ange 1 till 100 synliga ASCII-tecken utan blanksteg, olika för varje instans.',
    en: 'The instance’s name cannot be used. Give 1 to 100 visible ASCII characters without spaces, another one for each instance.',
  },
  last_phase: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} är redan i sin sista fas ({{phase}}). Vänta: den avslutas när fasens tid har gått och allt är uppfyllt.',
    en: '{{service}} is in its last phase already ({{phase}}). Wait: it completes when the phase’s time is over and everything is met.',
  },
  dependency_behind: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} är beroende av {{dependency}}, som har {{percentage, number}} %. Flytta fram {{dependency}} först.',
    en: '{{service}} depends on {{dependency}}, which is at {{percentage, number}} %. Move {{dependency}} forward first.',
  },
  invalid_percentage: {
    fault: 'caller',
    retryable: false,
    sv: '{{percentage, number}} % går inte. Ange en andel från 0 till 100 med högst två decimaler.',
    en: '{{percentage, number}} % is impossible. Give a percentage from 0 to 100 with two decimals at most.',
  },
  plan_not_newer: {
    fault: 'caller',
    retryable: false,
    sv: 'Planens revision {{revision}} är inte högre än den antagna, {{current}}. Höj revision i planen när du ändrar den.',
    en: 'The plan’s revision {{revision}} is not higher than the adopted one, {{current}}. Raise revision in the plan when you change it.',
  },
  plan_rehashed: {
    fault: 'caller',
    retryable: false,
    sv: 'Planens revision {{revision}} har en annan hash eller ett annat salt än den antagna, vilket skulle byta sida för alla användare mitt i utrullningen. Behåll hash som den är.',
    en: 'Revision {{revision}} of the plan has another hash or salt than the adopted one, which would move every user to another side in mid-rollout. Leave hash as it is.',
  },
  plan_conflict: {
    fault: 'caller',
    retryable: false,
    sv: 'Två olika planer har revision {{revision}}: den här instansens och den antagna. Instansen följer den antagna och rullar tillbaka vid fara, men går inte vidare. Höj revision i den plan som ska gälla och publicera den.',
    en: 'Two different plans have revision {{revision}}: this instance’s and the adopted one. The instance follows the adopted one and rolls back in danger, but does not move on. Raise revision in the plan that shall apply and publish it.',
  },
  plan_outdated: {
    fault: 'caller',
    retryable: false,
    sv: 'Den här instansen har planens revision {{revision}}, men {{current}} är antagen. Den följer den antagna och rullar tillbaka vid fara, men går inte vidare. Publicera den nya versionen här också.',
    en: 'This instance has revision {{revision}} of the plan, but {{current}} was adopted. It follows the adopted one and rolls back in danger, but does not move on. Publish the new version here, too.',
  },
  invalid_scenario: {
    fault: 'caller',
    retryable: false,
    sv: 'Scenariot går inte att simulera: {{details}}. Rätta det och försök igen.',
    en: 'The scenario cannot be simulated: {{details}}. Correct it and try again.',
  },
  invalid_log_line: {
    fault: 'caller',
    retryable: false,
    sv: 'Rad {{line}} i loggen är ingen händelse: {{details}}. Exportera loggen på nytt (gradvis log --json) eller rätta raden.',
    en: 'Line {{line}} of the log is no event: {{details}}. Export the log again (gradvis log --json) or correct the line.',
  },
})
