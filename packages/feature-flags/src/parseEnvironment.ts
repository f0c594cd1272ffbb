import type { LocalizedText, ServiceError } from '@gradvis/kernel'

import { flagErrors } from './flagErrors.ts'
import { FLAGS } from './flags.ts'
import { assertFlagTable, type FlagTable } from './FlagTable.ts'
import { nearestName } from './nearestName.ts'
import { printable } from './printable.ts'

export const STAGES = ['development', 'staging', 'production'] as const
export type Stage = (typeof STAGES)[number]

export const FORCE_LEGACY_VARIABLE = 'FORCE_LEGACY_SERVICES'

export type Environment = Readonly<{
  stage: Stage
  forceLegacy: boolean
  /** By service; absent where the variable is not set. */
  overrides: Readonly<Record<string, boolean>>
}>

type Variables = Readonly<Record<string, string | undefined>>
type Problem = (more: LocalizedText) => ServiceError

const ACCEPTED: LocalizedText = { sv: 'true eller false', en: 'true or false' }
const OURS = /^(USE_MIGRATED|FORCE_LEGACY)_/i
const TYPING_SLIPS = 2

/**
 * Reads the stage (`NODE_ENV`; anything but development and staging is production) and the switches. A switch is
 * exactly `true` or `false`. Throws for any other value, for any other name that begins like ours, and for one that is
 * two letters or fewer away from ours: a switch that is ignored in silence is worse than no start. The error tells the
 * first problem and how many more there are.
 */
export function parseEnvironment(env: Variables, flags: FlagTable = FLAGS): Environment {
  assertFlagTable(flags)
  const switches = new Map(Object.entries(flags).map(([service, row]) => [row.environmentVariable as string, service]))
  const known = [...switches.keys(), FORCE_LEGACY_VARIABLE]
  refuse([...known.flatMap((name) => valueProblem(name, env[name])), ...unknownNames(env, known)])
  const overrides = [...switches].flatMap(([name, service]) =>
    env[name] === undefined ? [] : [[service, env[name] === 'true'] as const],
  )
  return Object.freeze({
    stage: STAGES.find((stage) => stage === env['NODE_ENV']) ?? 'production',
    forceLegacy: env[FORCE_LEGACY_VARIABLE] === 'true',
    overrides: Object.freeze(Object.fromEntries(overrides)),
  })
}

function valueProblem(variable: string, value: string | undefined): readonly Problem[] {
  if (value === undefined || value === 'true' || value === 'false') return []
  const params = { variable, value: printable(value), accepted: ACCEPTED }
  return [(more) => flagErrors.create('invalid_environment_value', { ...params, more })]
}

function unknownNames(env: Variables, known: readonly string[]): readonly Problem[] {
  return Object.entries(env).flatMap(([name, value]) => {
    if (value === undefined || known.includes(name)) return []
    // An own environment of thousands of variables must not cost an edit distance each.
    const longest = Math.max(...known.map((one) => one.length))
    if (!OURS.test(name) && Math.abs(name.length - longest) > longest / 2) return []
    const nearest = nearestName(name.slice(0, 2 * longest), known)
    if (!OURS.test(name) && nearest.distance > TYPING_SLIPS) return []
    const params = { variable: printable(name), value: printable(value), nearest: nearest.name }
    const accepted = { known: known.join(', '), accepted: ACCEPTED }
    return [
      (more: LocalizedText) => flagErrors.create('unknown_environment_variable', { ...params, ...accepted, more }),
    ]
  })
}

function refuse(problems: readonly Problem[]): void {
  const [first, ...others] = problems
  if (first) throw first(moreProblems(others.length))
}

function moreProblems(count: number): LocalizedText {
  if (count === 0) return { sv: '', en: '' }
  return count === 1
    ? { sv: ' Ytterligare ett problem finns i miljön.', en: ' There is one more problem in the environment.' }
    : {
        sv: ` Ytterligare ${count} problem finns i miljön.`,
        en: ` There are ${count} more problems in the environment.`,
      }
}
