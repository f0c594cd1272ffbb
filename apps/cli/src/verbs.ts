import { auditErase } from './commands/auditErase.ts'
import { auditExport } from './commands/auditExport.ts'
import { auditVerify } from './commands/auditVerify.ts'
import { exportLog } from './commands/exportLog.ts'
import { forceLegacy } from './commands/forceLegacy.ts'
import { incident } from './commands/incident.ts'
import { log } from './commands/log.ts'
import { pause } from './commands/pause.ts'
import { plan } from './commands/plan.ts'
import { promote } from './commands/promote.ts'
import { replay } from './commands/replay.ts'
import { report } from './commands/report.ts'
import { resume } from './commands/resume.ts'
import { rollback } from './commands/rollback.ts'
import { set } from './commands/set.ts'
import { signOff } from './commands/signOff.ts'
import { simulate } from './commands/simulate.ts'
import { status } from './commands/status.ts'
import { why } from './commands/why.ts'
import type { Verb } from './Verb.ts'

/** Every command, in the order in which `--help` shows them: look, judge, move, stop; then the audit trail. */
export const VERBS: readonly Verb[] = [
  status,
  plan,
  why,
  log,
  report,
  simulate,
  exportLog,
  replay,
  promote,
  pause,
  resume,
  set,
  signOff,
  rollback,
  forceLegacy,
  incident,
  auditVerify,
  auditExport,
  auditErase,
]
