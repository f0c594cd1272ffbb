import type { VerbArgument } from '../Verb.ts'

export const SERVICE_ARGUMENT: VerbArgument = {
  name: 'service',
  text: { sv: 'tjänstens namn eller början av det', en: 'the name of the service or the beginning of it' },
}
