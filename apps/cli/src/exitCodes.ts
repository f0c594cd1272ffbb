import type { LocalizedText } from '@gradvis/kernel'

/** What the process ends with. Scripts and monitoring rely on these numbers: they never change their meaning. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
  attention: 5,
  broken: 6,
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** The table that `--help` shows. */
export const EXIT_TEXTS: Readonly<Record<keyof typeof EXIT, LocalizedText>> = {
  done: { sv: 'klart', en: 'done' },
  failed: {
    sv: 'misslyckades, eller det som kontrollerades har fel',
    en: 'failed, or what was checked has mistakes',
  },
  usage: { sv: 'fel argument eller miljö', en: 'wrong arguments or environment' },
  refused: {
    sv: 'utrullningens läge tillåter det inte (väntetid, incident, nödstopp …)',
    en: 'refused by the state of the rollout (cooldown, incident, emergency stop …)',
  },
  unreachable: { sv: 'lagret går inte att nå eller finns inte', en: 'the store cannot be reached or is not there' },
  attention: {
    sv: 'status --check: något är tillbakarullat eller stoppat, eller ingen vaktar utrullningen',
    en: 'status --check: something is rolled back or stopped, or nothing guards the rollout',
  },
  broken: { sv: 'audit verify: granskningsloggen är bruten', en: 'audit verify: the audit trail is broken' },
  interrupted: { sv: 'avbrutet med Ctrl+C', en: 'interrupted by Ctrl+C' },
}
