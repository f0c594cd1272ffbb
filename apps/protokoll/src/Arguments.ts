import { parseArgs } from 'node:util'

import { productionFeatureFlags } from '@gradvis/feature-flags'
import type { LocalizedText } from '@gradvis/kernel'
import { parseFault, type ScenarioFault } from '@gradvis/rollout'
import { z } from 'zod'

import { INJECTED_KINDS } from './accelerated/faults/FaultInjector.ts'
import { invalidArguments, type WrongArgument } from './invalidArguments.ts'
import type { ArgumentProblem } from './texts/argumentProblems.ts'

/** The problem of an argument, as the message of its schema. */
const say = (problem: ArgumentProblem) => problem
const wholeNumber = z.string().regex(/^\d+$/, say('whole_number')).transform(Number)
/** Subjects meet in pairs. */
const EVEN = say('even')

const SERVICES = Object.keys(productionFeatureFlags.services)
const FACTOR = say('factor')
const DEFAULT_NOW_MS = Date.parse('2025-01-16T00:00:00Z')

const ArgumentsSchema = z.strictObject({
  once: z.boolean().default(false),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
  now: z.iso
    .datetime(say('instant'))
    .transform((text) => Date.parse(text))
    .optional(),
  subjects: wholeNumber.pipe(z.number().min(2, EVEN).max(100_000, EVEN).multipleOf(2, EVEN)).optional(),
  port: wholeNumber.pipe(z.number().max(65_535, say('port'))).default(4310),
  data: z.string().min(1, say('folder')).optional(),
  store: z.string().min(1, say('store')).optional(),
  accelerate: z.coerce.number(FACTOR).min(1, FACTOR).max(100_000, FACTOR).optional(),
  fault: z.array(z.string()).default([]),
})

export type Arguments = Readonly<Omit<z.infer<typeof ArgumentsSchema>, 'fault' | 'subjects'>> &
  Readonly<{ subjects: number; faults: readonly ScenarioFault[] }>

/** Throws `start.invalid_arguments`, which names every wrong argument, and `rollout.invalid_scenario` for a fault that is none. */
export function parseArguments(args: readonly string[]): Arguments {
  const parsed = ArgumentsSchema.safeParse(rawArguments(args))
  if (!parsed.success) throw invalidArguments(parsed.error.issues.map(wrongArgument))
  const { fault, ...rest } = parsed.data
  const faults = fault.map(parseFault)
  const isEngineOff = rest.store === undefined && rest.accelerate === undefined
  refuseContradictions(rest, faults)
  // Nothing but dates to decide by: stand where the three services are in three phases.
  // Enough that a tenth of them is about a tenth.
  const subjects = rest.subjects ?? (rest.accelerate === undefined ? 200 : 400)
  return { ...rest, subjects, faults, ...(isEngineOff && { now: rest.now ?? DEFAULT_NOW_MS }) }
}

function refuseContradictions(
  { accelerate, now }: Readonly<{ accelerate?: number | undefined; now?: number | undefined }>,
  faults: readonly ScenarioFault[],
): void {
  if (accelerate !== undefined && now !== undefined) throw invalidArguments([['--now', 'not_with_accelerate']])
  if (accelerate === undefined && faults.length > 0) throw invalidArguments([['--fault', 'only_with_accelerate']])
  const wrong = faults.flatMap(faultProblem).map((problem) => ['--fault', problem] as const)
  if (wrong.length > 0) throw invalidArguments(wrong)
}

function faultProblem({ service, kind }: ScenarioFault): readonly LocalizedText[] {
  const [services, kinds] = [SERVICES.join(', '), INJECTED_KINDS.join(', ')]
  if (!Object.hasOwn(productionFeatureFlags.services, service))
    return [{ sv: `${service} finns inte bland ${services}`, en: `${service} is none of ${services}` }]
  if (INJECTED_KINDS.some((one) => one === kind)) return []
  return [
    {
      sv: `${kind} går inte att framkalla här, bara ${kinds}`,
      en: `${kind} cannot be made to happen here; ${kinds} can`,
    },
  ]
}

function wrongArgument({ path, message }: z.core.$ZodIssue): WrongArgument {
  return [`--${path.join('.')}`, message as ArgumentProblem]
}

const PARSER_PROBLEMS: Readonly<Record<string, ArgumentProblem>> = {
  ERR_PARSE_ARGS_UNKNOWN_OPTION: 'unknown_option',
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE: 'option_value',
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL: 'unexpected',
}

/** What Node's parser refuses. Its message is English; all that is taken from it is what it quotes. */
function parserProblem(error: unknown): unknown {
  const { code = '', message } = error as Error & { code?: string }
  const problem = Object.hasOwn(PARSER_PROBLEMS, code) ? PARSER_PROBLEMS[code] : undefined
  const [, name = '–'] = /'([^' ]+)/.exec(message) ?? []
  return problem === undefined ? error : invalidArguments([[name, problem]], { cause: error })
}

function rawArguments(args: readonly string[]): Record<string, unknown> {
  const flag = { type: 'boolean' } as const
  const text = { type: 'string' } as const
  const options = {
    once: flag,
    json: flag,
    help: { ...flag, short: 'h' },
    now: text,
    subjects: text,
    port: text,
    data: text,
    store: text,
    accelerate: text,
    fault: { ...text, multiple: true },
  } as const
  try {
    return { ...parseArgs({ args: [...args], options }).values }
  } catch (error) {
    throw parserProblem(error)
  }
}
