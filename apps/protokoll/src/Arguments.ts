import { parseArgs } from 'node:util'

import { productionFeatureFlags } from '@gradvis/feature-flags'
import { parseFault, type ScenarioFault } from '@gradvis/rollout'
import { z } from 'zod'

import { INJECTED_KINDS } from './accelerated/faults/FaultInjector.ts'

export const USAGE = `Usage: npm start -- [options]

Starts the reference application: generates data, does its main job once for every subject on the side that the rollout
gives it (backup, verify, restore; probe the network; meet in pairs), prints a table, then serves.

  --once             exit after the table
  --json             print one JSON object instead of the table
  --now <instant>    where the plan's clock stands at start, such as 2025-01-13T00:00:00Z
                     (default 2025-01-16T00:00:00Z: three services in three different phases)
  --subjects <n>     how many subjects, an even number: they meet in pairs (default 200; 400 with --accelerate)
  --port <n>         where to serve on 127.0.0.1 (default 4310; 0: any free port)
  --data <folder>    where database and backups are kept (default: a temporary folder, removed at the end)
  --store <where>    run the rollout engine, with its log in this file or database (postgres://…): evidence, gates,
                     guardrails and operators decide from then on; the clock is the system's unless --now says otherwise
  --accelerate <n>   replay the whole calendar, n times as fast, on generated traffic; 8640 makes ten seconds of a day
                     and two minutes of the twelve days
  --fault <fault>    with --accelerate, break a migrated side: BackupService:errors=0.05@50% (a share of its calls
                     fails), latency=2@10% (takes twice as long), gdpr@50%, security@50% (an incident). Repeatable
  --help             this text

Environment: USE_MIGRATED_BACKUP_SERVICE, USE_MIGRATED_NETWORK_SERVICE, USE_MIGRATED_WEBRTC_PEER_SERVICE and
FORCE_LEGACY_SERVICES (true or false), NODE_ENV (development and staging: all migrated; else production), LANG (sv or en),
PROTOKOLL_TOKEN_SECRET (signs the demonstration's access tokens; default: a new one at every start).

Exit codes: 0 done, 1 failed, 2 wrong arguments or environment; with --accelerate --once also 3: not every service is
fully rolled out at the end (rolled back, or held by its gate).`

const wholeNumber = z.string().regex(/^\d+$/, 'a whole number').transform(Number)

/** Subjects meet in pairs. */
const EVEN = 'an even number from 2 to 100000'

const SERVICES = Object.keys(productionFeatureFlags.services)
const FACTOR = 'a factor from 1 to 100000'
const DEFAULT_NOW_MS = Date.parse('2025-01-16T00:00:00Z')

const ArgumentsSchema = z.strictObject({
  once: z.boolean().default(false),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
  now: z.iso
    .datetime('a UTC instant such as 2025-01-13T00:00:00Z')
    .transform((text) => Date.parse(text))
    .optional(),
  subjects: wholeNumber.pipe(z.number().min(2, EVEN).max(100_000, EVEN).multipleOf(2, EVEN)).optional(),
  port: wholeNumber.pipe(z.number().max(65_535, 'a port from 0 to 65535')).default(4310),
  data: z.string().min(1, 'a folder').optional(),
  store: z.string().min(1, 'a file or postgres://…').optional(),
  accelerate: z.coerce.number('a factor').min(1, FACTOR).max(100_000, FACTOR).optional(),
  fault: z.array(z.string()).default([]),
})

export type Arguments = Readonly<Omit<z.infer<typeof ArgumentsSchema>, 'fault' | 'subjects'>> &
  Readonly<{ subjects: number; faults: readonly ScenarioFault[] }>

/** Throws a UsageError that names every wrong argument, and `rollout.invalid_scenario` for a fault that is none. */
export function parseArguments(args: readonly string[]): Arguments {
  const parsed = ArgumentsSchema.safeParse(rawArguments(args))
  if (!parsed.success)
    throw new UsageError(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'))
  const { fault, ...rest } = parsed.data
  const faults = fault.map(parseFault)
  const isEngineOff = rest.store === undefined && rest.accelerate === undefined
  if (rest.accelerate !== undefined && rest.now !== undefined)
    throw new UsageError('--now: not together with --accelerate, which begins now')
  if (rest.accelerate === undefined && faults.length > 0) throw new UsageError('--fault: only with --accelerate')
  const stranger = faults.find(({ service }) => !Object.hasOwn(productionFeatureFlags.services, service))
  if (stranger) throw new UsageError(`--fault: ${stranger.service} is none of ${SERVICES.join(', ')}`)
  const other = faults.find(({ kind }) => !INJECTED_KINDS.some((one) => one === kind))
  if (other)
    throw new UsageError(`--fault: ${other.kind} cannot be made to happen here; ${INJECTED_KINDS.join(', ')} can`)
  // Nothing but dates to decide by: stand where the three services are in three phases.
  // Enough that a tenth of them is about a tenth.
  const subjects = rest.subjects ?? (rest.accelerate === undefined ? 200 : 400)
  return { ...rest, subjects, faults, ...(isEngineOff && { now: rest.now ?? DEFAULT_NOW_MS }) }
}

export class UsageError extends Error {
  override readonly name = 'UsageError'
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
    throw new UsageError((error as Error).message, { cause: error })
  }
}
