import { execFileSync } from 'node:child_process'
import { join } from 'node:path'

import type { ErrorCatalog, MessageCatalog } from '@gradvis/kernel'

import { ROOT } from '../laws/readWorkspace.ts'

export type ProgramTexts = Readonly<{ errors: ErrorCatalog; messages: MessageCatalog }>

/** The texts of an application, printed by itself: programs do not import each other. Throws when it fails. */
export function textsOfProgram(application: string): ProgramTexts {
  const program = join(ROOT, 'apps', application, 'src/reference/main.ts')
  const args = ['--conditions=@gradvis/source', program, '--texts']
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as ProgramTexts
}
