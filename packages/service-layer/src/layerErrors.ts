import { defineErrors } from '@gradvis/kernel'

/** What is wrong with the options of a layer. Found before anything is started. */
export const layerErrors = defineErrors('layer', {
  invalid_webhook_url: {
    fault: 'caller',
    retryable: false,
    sv: 'Webhookens adress går inte att använda: {{problem}}. Ange en https-adress utan användarnamn; http godtas bara till den egna datorn.',
    en: 'The webhook’s address cannot be used: {{problem}}. Give an https address without a user name; http is accepted only to this machine itself.',
  },
  invalid_webhook_secret: {
    fault: 'caller',
    retryable: false,
    sv: 'Webhookens hemlighet går inte att använda. Ange minst 24 slumpade byte i base64, gärna med förledet whsec_.',
    en: 'The webhook’s secret cannot be used. Give at least 24 random bytes in base64, with the prefix whsec_ if you like.',
  },
})
