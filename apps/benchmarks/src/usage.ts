import type { SuiteEntry } from './Suite.ts'

/** How the command is used and which suites there are. */
export function usage(suites: Readonly<Record<string, SuiteEntry>>): string {
  const rows = Object.entries(suites).map(([name, { summary }]) => `  ${name.padEnd(12)}${summary}`)
  return [
    'npm run bench -- <suite> [--json] [--quick]',
    '',
    ...rows,
    `  ${'all'.padEnd(12)}every suite, each in a process of its own`,
    '',
    '  --json      the table goes to stderr; the last line of stdout is one JSON object',
    '  --quick     a smoke run in seconds, for tests; its numbers mean nothing',
  ].join('\n')
}
