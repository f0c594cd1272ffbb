import { defineMessages } from '@gradvis/kernel'

export const simulateTexts = defineMessages('simulate', {
  heading: { sv: 'Planens kalender, simulerad (frö {{seed}})', en: 'The plan’s calendar, simulated (seed {{seed}})' },
  col_service: { sv: 'tjänst', en: 'service' },
  col_phase: { sv: 'fas', en: 'phase' },
  col_percentage: { sv: 'andel', en: 'share' },
  col_entered: { sv: 'från', en: 'from' },
  col_left: { sv: 'till', en: 'to' },
  col_outcome: { sv: 'utfall', en: 'outcome' },
  col_why: { sv: 'skäl', en: 'why' },
  advanced: { sv: 'gick vidare', en: 'advanced' },
  completed: { sv: 'klar', en: 'completed' },
  'rolled-back': { sv: 'tillbakarullad', en: 'rolled back' },
  stays: { sv: 'kvar', en: 'stays' },
  never: { sv: 'började aldrig', en: 'never began' },
  settled: { sv: 'Avgjord {{end}}.', en: 'Settled at {{end}}.' },
  unsettled: {
    sv: 'Inte avgjord när tiden tog slut, {{end}}.',
    en: 'Not settled when time ran out, {{end}}.',
  },
})
