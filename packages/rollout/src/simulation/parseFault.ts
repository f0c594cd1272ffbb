import { rolloutErrors } from '../rolloutErrors.ts'
import { parseScenario } from './parseScenario.ts'
import { FAULT_KINDS, type ScenarioFault } from './Scenario.ts'

/** `Service:kind`, then `=value`, `@phase` or `@50%`, and `+minutes` after that, each of which may be left out. */
const FORM = /^(?<service>[^:=@+]+):(?<kind>[a-z]+)(?:=(?<value>[^@+]+))?(?:@(?<from>[^+]+))?(?:\+(?<after>.+))?$/

/**
 * A fault in the short form of the command line, for example `BackupService:errors=0.05@50%`, `latency` being a factor,
 * `memory` MiB an hour, and `errors` a share or a percentage (`5%`). Throws `rollout.invalid_scenario`.
 */
export function parseFault(text: string): ScenarioFault {
  const parts = FORM.exec(text.trim())?.groups
  if (parts === undefined) throw malformed(text)
  const { service, kind, value, from, after } = parts
  const data = {
    service,
    kind,
    ...(value !== undefined && { value: amount(value, text) }),
    ...(from !== undefined && { from: from.endsWith('%') ? plain(from.slice(0, -1), text) : from }),
    ...(after !== undefined && { afterMinutes: plain(after, text) }),
  }
  return parseScenario({ faults: [data] }).faults[0] as ScenarioFault
}

function amount(value: string, text: string): number {
  return value.endsWith('%') ? plain(value.slice(0, -1), text) / 100 : plain(value, text)
}

function plain(value: string, text: string): number {
  if (!/^\d+(?:\.\d+)?$/.test(value)) throw malformed(text)
  return Number(value)
}

function malformed(text: string) {
  const kinds = FAULT_KINDS.join(', ')
  const shown = text.slice(0, 100)
  return rolloutErrors.create('invalid_scenario', {
    details: {
      sv: `"${shown}" är inget fel att simulera; skriv Tjänst:slag=värde@fas, till exempel BackupService:errors=0.05@50%, där slaget är ett av ${kinds}`,
      en: `"${shown}" is no fault to simulate; write Service:kind=value@phase, for example BackupService:errors=0.05@50%, the kind being one of ${kinds}`,
    },
  })
}
