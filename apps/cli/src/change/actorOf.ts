import type { ChangeInput } from '../arguments/inputs.ts'
import type { Session } from '../Session.ts'

/** Who the log will name: `--actor`, else `GRADVIS_ACTOR`, else the operating system's name for the user. */
export function actorOf({ actor }: Pick<ChangeInput, 'actor'>, { env, userName }: Session): string {
  return actor ?? (env['GRADVIS_ACTOR']?.trim().slice(0, 200) || userName)
}
