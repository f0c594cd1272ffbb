import { defineMessages } from '@gradvis/kernel'

export const reportTexts = defineMessages('report', {
  heading: {
    sv: '{{service}}: legacy och migrated {{from}} – {{to}}',
    en: '{{service}}: legacy and migrated {{from}} – {{to}}',
  },
  before: {
    sv: '{{service}} strax före rollback, {{from}} – {{to}}',
    en: '{{service}} just before the rollback, {{from}} – {{to}}',
  },
  before_windows: {
    sv: 'Mätningar som överlappar den tiden. Efter en kvart är de hopslagna till tio minuter var.',
    en: 'Observations that overlap that time. After a quarter of an hour they are added up to ten minutes each.',
  },
  before_empty: { sv: 'Inga anrop mättes under den tiden.', en: 'No calls were observed during that time.' },
  whole: {
    sv: '{{service}} under hela körningen, {{from}} – {{to}}',
    en: '{{service}} during the whole run, {{from}} – {{to}}',
  },
  no_windows: {
    sv: 'Inga mätningar finns för tiden. Applikationen skriver dem var tionde sekund medan den kör; de sparas i 30 dagar.',
    en: 'There are no observations for that time. The application writes them every ten seconds while it runs; they are kept for 30 days.',
  },
  operations: {
    sv: 'Per operation (svarstider från tiden då båda sidor tjänade)',
    en: 'By operation (response times from when both sides served)',
  },
  col_operation: { sv: 'operation', en: 'operation' },
  col_side: { sv: 'sida', en: 'side' },
  col_count: { sv: 'anrop', en: 'calls' },
  col_errors: { sv: 'felfrekvens', en: 'error rate' },
  col_rescued: { sv: 'räddade', en: 'rescued' },
  col_refused: { sv: 'avvisade', en: 'refused' },
  col_mean: { sv: 'medel', en: 'mean' },
  col_p95: { sv: 'p95', en: 'p95' },
  col_ratio: { sv: 'mot legacy', en: 'vs legacy' },
  faults: { sv: 'Fel efter kod', en: 'Faults by code' },
  no_faults: { sv: 'inga fel på någon sida', en: 'no faults on either side' },
  memory: { sv: 'Hålls i minnet', en: 'Held in memory' },
  rollback: { sv: 'Senaste rollback', en: 'The last rollback' },
  no_rollback: { sv: 'ingen rollback finns i loggen', en: 'the log holds no rollback' },
  no_verdict: { sv: 'utan bedömning: någon bestämde det', en: 'without a verdict: somebody decided it' },
  criterion: { sv: 'kriterium', en: 'criterion' },
  guardrail: { sv: 'skyddsräcke', en: 'guardrail' },
  met: { sv: 'uppfyllt', en: 'met' },
  unmet: { sv: 'inte uppfyllt', en: 'unmet' },
  missing: { sv: 'underlag saknas', en: 'no evidence yet' },
  ok: { sv: 'ok', en: 'ok' },
  breached: { sv: 'utlöst', en: 'breached' },
  'no-data': { sv: 'inga data', en: 'no data' },
  samples: { sv: '{{count}} operationer', en: '{{count}} operations' },
  evidence: { sv: 'belägg {{value}} av {{limit}}', en: 'evidence {{value}} of {{limit}}' },
  next: { sv: 'Nästa steg', en: 'What to do next' },
  if_needed: { sv: 'Om den behöver tas tillbaka', en: 'If it has to be taken back' },
  next_lowered: {
    sv: 'Minska andelen: gjort, {{service}} är på legacy.',
    en: 'Lower the percentage: done, {{service}} is on legacy.',
  },
  next_lower: {
    sv: 'Minska andelen, som är {{percentage}}: gradvis set {{service}} <procent>, eller gradvis rollback {{service}} --reason "…".',
    en: 'Lower the percentage, which is {{percentage}}: gradvis set {{service}} <percent>, or gradvis rollback {{service}} --reason "…".',
  },
  next_watch: {
    sv: 'Övervaka systemstabilitet: gradvis status --watch.',
    en: 'Watch that the system is stable: gradvis status --watch.',
  },
  next_analyse: { sv: 'Analysera felorsaker: {{advice}}', en: 'Analyse the causes: {{advice}}' },
  next_plan: {
    sv: 'Planera korrigeringsåtgärder: rätta orsaken, pröva den i staging och publicera.',
    en: 'Plan corrective measures: fix the cause, try it in staging, and publish.',
  },
  next_resume: {
    sv: 'Börja om från första fasen, tidigast {{until}}: gradvis resume {{service}}.',
    en: 'Begin at the first phase again, at {{until}} at the earliest: gradvis resume {{service}}.',
  },
  advice_before: { sv: 'strax före rollback: {{advice}}', en: 'just before the rollback: {{advice}}' },
  advice_code: {
    sv: 'vanligaste felet bland dem som inträffar oftare på migrated än på legacy är {{code}} ({{count, number}} {{count, plural(gång|gånger)}}); sök det i applikationens logg.',
    en: 'the most frequent of the faults that migrated has more often than legacy is {{code}} ({{count, number}} {{count, plural(time|times)}}); look for it in the application’s log.',
  },
  advice_slow: {
    sv: '{{operation}} är {{ratio}} så lång som legacy; mät den först.',
    en: '{{operation}} takes {{ratio}} as long as legacy; profile it first.',
  },
  advice_none: {
    sv: 'inget i mätningarna skiljer sidorna åt; börja i loggen: gradvis log --service {{service}}.',
    en: 'nothing in the observations tells the sides apart; begin with the log: gradvis log --service {{service}}.',
  },
})
