import type { Contract } from '@gradvis/base-service'
import type { Classification } from '@gradvis/privacy'

/** What the fields of each service's operations are declared to hold, by service: a log line names no operation. */
export function classificationsOf(contracts: readonly Contract[]): Readonly<Record<string, Classification>> {
  return Object.fromEntries(
    contracts.map(({ name, operations }) => [
      name,
      Object.assign({}, ...Object.values(operations).map(({ classify }) => classify)) as Classification,
    ]),
  )
}
