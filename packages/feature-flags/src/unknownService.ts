import type { ServiceError } from '@gradvis/kernel'

import { flagErrors } from './flagErrors.ts'
import { FLAGS_FILE } from './flags.ts'
import { printable } from './printable.ts'

/** `flags.unknown_service`, with the names that a table has. */
export function unknownService(service: string, known: object): ServiceError {
  return flagErrors.create('unknown_service', {
    service: printable(service),
    known: Object.keys(known).join(', '),
    file: FLAGS_FILE,
  })
}
