import { defineErrors } from '@gradvis/kernel'

/** What keeps the program from starting, besides what flags, rollout and store refuse themselves. */
export const protokollErrors = defineErrors('start', {
  invalid_arguments: {
    fault: 'caller',
    retryable: false,
    sv: 'Argumenten går inte att använda: {{details}}. Rätta dem och starta igen.',
    en: 'The arguments cannot be used: {{details}}. Correct them and start again.',
  },
  port_unusable: {
    fault: 'caller',
    retryable: true,
    sv: 'Porten {{port}} går inte att använda ({{reason}}). Välj en annan port med --port, eller --port 0 för vilken ledig som helst.',
    en: 'Port {{port}} cannot be used ({{reason}}). Choose another port with --port, or --port 0 for any free one.',
  },
  folder_unusable: {
    fault: 'caller',
    retryable: false,
    sv: 'Mappen {{folder}} går inte att använda ({{reason}}). Välj en annan mapp med --data.',
    en: 'The folder {{folder}} cannot be used ({{reason}}). Choose another folder with --data.',
  },
})
