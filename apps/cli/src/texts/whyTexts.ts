import { defineMessages } from '@gradvis/kernel'

export const whyTexts = defineMessages('why', {
  answer: { sv: '{{service}} → {{implementation}} ({{reason}})', en: '{{service}} → {{implementation}} ({{reason}})' },
  place: {
    sv: 'hink {{bucket}} av 10000 · {{percentage}} · fas {{phase}}',
    en: 'bucket {{bucket}} of 10000 · {{percentage}} · phase {{phase}}',
  },
  no_phase: { sv: 'ingen', en: 'none' },
  col_rule: { sv: 'regel', en: 'rule' },
  col_status: { sv: 'utfall', en: 'outcome' },
  col_value: { sv: 'underlag', en: 'looked at' },
  col_text: { sv: 'förklaring', en: 'explanation' },
  matched: { sv: 'avgör', en: 'decides' },
  'not matched': { sv: 'nej', en: 'no' },
  skipped: { sv: 'prövas inte', en: 'not asked' },
  environment: {
    sv: 'Miljövariablerna är de som gradvis körs med här; applikationens egna kan skilja sig.',
    en: 'The environment variables are those that gradvis runs with here; the application’s own may differ.',
  },
})
