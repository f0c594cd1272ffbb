import { defineMessages } from '@gradvis/kernel'

export const planTexts = defineMessages('plan', {
  heading: { sv: 'Plan {{revision}}', en: 'Plan {{revision}}' },
  from_store: { sv: 'antagen i {{store}}', en: 'adopted in {{store}}' },
  from_production: {
    sv: 'produktionsplanen (productionFeatureFlags.ts); ingen är antagen i ett lager här',
    en: 'the production plan (productionFeatureFlags.ts); none is adopted in a store here',
  },
  from_file: { sv: '{{file}}: planen är giltig', en: '{{file}}: the plan is valid' },
  settings: {
    sv: 'Väntetid efter rollback {{cooldown}} · minst {{operations}} operationer per fas · fördelning {{hash}}',
    en: 'Cooldown after a rollback {{cooldown}} · at least {{operations}} operations per phase · split by {{hash}}',
  },
  salt: { sv: 'salt "{{salt}}"', en: 'salt "{{salt}}"' },
  depends_on: { sv: 'beroende av {{services}}', en: 'depends on {{services}}' },
  phase: {
    sv: '{{start}} – {{end}} UTC',
    en: '{{start}} – {{end}} UTC',
  },
  threshold: { sv: 'felfrekvens högst {{limit}}', en: 'error rate at most {{limit}}' },
  no_threshold: { sv: 'ingen egen felgräns', en: 'no error threshold of its own' },
  no_gate: { sv: 'inga kriterier', en: 'no criteria' },
  guardrails: { sv: 'Skyddsräcken', en: 'Guardrails' },
  measured: { sv: 'mäts', en: 'measured' },
  probe: { sv: 'självtest', en: 'probe' },
  'sign-off': { sv: 'godkänns', en: 'sign-off' },
  limit_error_rate: { sv: 'felfrekvens under {{limit}}', en: 'error rate below {{limit}}' },
  limit_latency: { sv: 'svarstid högst {{limit}} av legacy', en: 'response time at most {{limit}} of legacy' },
  limit_cache: { sv: 'minst {{limit}} ur cachen', en: 'at least {{limit}} from the cache' },
  limit_incident: { sv: 'ingen kritisk incident ({{kind}})', en: 'no critical incident ({{kind}})' },
  limit_memory: { sv: 'minnet växer inte', en: 'memory does not grow' },
  limit_probe: { sv: 'tjänstens självtest {{id}}', en: 'the service’s probe {{id}}' },
  limit_sign_off: { sv: 'gradvis sign-off {{service}} {{id}}', en: 'gradvis sign-off {{service}} {{id}}' },
  in_operations: { sv: 'i {{operations}}', en: 'in {{operations}}' },
  guard_sustained: {
    sv: 'över fasens gräns i {{minutes}} min i sträck ({{rule}})',
    en: 'over the phase’s threshold for {{minutes}} unbroken min ({{rule}})',
  },
  guard_early: {
    sv: 'överväldigande belägg, hur kort tiden än är',
    en: 'overwhelming evidence, however short the time',
  },
  guard_latency: { sv: 'mer än {{percent}} långsammare än legacy', en: 'more than {{percent}} slower than legacy' },
  guard_incident: { sv: 'direkt, låst tills den släpps', en: 'at once, latched until released' },
  guard_memory: { sv: 'minnet växer utan platå', en: 'memory grows without a plateau' },
})
