import { defineErrors } from '@gradvis/kernel'

export const containerErrors = defineErrors('container', {
  implementation_unavailable: {
    fault: 'service',
    retryable: true,
    sv: '{{service}} ({{implementation}}) kunde inte laddas eller startas. Ett nytt försök görs automatiskt; se loggen för orsaken.',
    en: '{{service}} ({{implementation}}) could not be loaded or started. It is tried again automatically; see the log for the cause.',
  },
  service_not_registered: {
    fault: 'caller',
    retryable: false,
    sv: '{{service}} är inte registrerad i den här containern. Lägg till den bland tjänsterna när containern skapas.',
    en: '{{service}} is not registered in this container. Add it to the services when the container is created.',
  },
  stopped: {
    fault: 'service',
    retryable: false,
    sv: 'Containern är stoppad och tar inte emot fler anrop till {{service}}. Skapa ett nytt tjänstelager.',
    en: 'The container is stopped and takes no more calls to {{service}}. Create a new service layer.',
  },
  operation_not_swapped: {
    fault: 'caller',
    retryable: false,
    sv: 'Ersättaren för {{service}} i testet saknar {{operation}}. Lägg till metoden i objektet som gavs till swap().',
    en: 'The test replacement of {{service}} lacks {{operation}}. Add the method to the object given to swap().',
  },
})
