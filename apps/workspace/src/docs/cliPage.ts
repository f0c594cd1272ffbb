import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import { ROOT } from '../laws/readWorkspace.ts'

const PROGRAM = join(ROOT, 'apps/cli/src/reference/main.ts')

/** `docs/cli.md`, printed by the command line itself: programs do not import each other. Throws when it fails. */
export function cliPage(): string {
  return execFileSync(process.execPath, ['--conditions=@gradvis/source', PROGRAM], { encoding: 'utf8' })
}
