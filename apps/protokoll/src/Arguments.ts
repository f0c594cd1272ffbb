import { parseArgs } from 'node:util'

import { z } from 'zod'

export const USAGE = `Usage: npm start -- [options]

Starts the reference application: generates data, does its main job once for every subject on the side that the rollout
gives it (backup, verify, restore; probe the network; meet in pairs), prints a table, then serves.

  --once             exit after the table
  --json             print one JSON object instead of the table
  --now <instant>    where the plan's clock stands at start, such as 2025-01-13T00:00:00Z
                     (default 2025-01-16T00:00:00Z: three services in three different phases)
  --subjects <n>     how many subjects, an even number: they meet in pairs (default 200)
  --port <n>         where to serve on 127.0.0.1 (default 4310; 0: any free port)
  --data <folder>    where database and backups are kept (default: a temporary folder, removed at the end)
  --help             this text

Environment: USE_MIGRATED_BACKUP_SERVICE, USE_MIGRATED_NETWORK_SERVICE, USE_MIGRATED_WEBRTC_PEER_SERVICE and
FORCE_LEGACY_SERVICES (true or false), NODE_ENV (development and staging: all migrated; else production), LANG (sv or en),
PROTOKOLL_TOKEN_SECRET (signs the demonstration's access tokens; default: a new one at every start).

Exit codes: 0 done, 1 failed, 2 wrong arguments or environment.`

const wholeNumber = z.string().regex(/^\d+$/, 'a whole number').transform(Number)

/** Subjects meet in pairs. */
const EVEN = 'an even number from 2 to 100000'

const ArgumentsSchema = z.strictObject({
  once: z.boolean().default(false),
  json: z.boolean().default(false),
  help: z.boolean().default(false),
  now: z.iso
    .datetime('a UTC instant such as 2025-01-13T00:00:00Z')
    .default('2025-01-16T00:00:00Z')
    .transform((text) => Date.parse(text)),
  subjects: wholeNumber.pipe(z.number().min(2, EVEN).max(100_000, EVEN).multipleOf(2, EVEN)).default(200),
  port: wholeNumber.pipe(z.number().max(65_535, 'a port from 0 to 65535')).default(4310),
  data: z.string().min(1, 'a folder').optional(),
})

export type Arguments = Readonly<z.infer<typeof ArgumentsSchema>>

/** Throws a UsageError that names every wrong argument. */
export function parseArguments(args: readonly string[]): Arguments {
  const parsed = ArgumentsSchema.safeParse(rawArguments(args))
  if (parsed.success) return parsed.data
  throw new UsageError(parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`).join('\n'))
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
  } as const
  try {
    return { ...parseArgs({ args: [...args], options }).values }
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error })
  }
}
