import { describeEventLog } from './describeEventLog.ts'
import { describeLeading } from './describeLeading.ts'
import { describePages } from './describePages.ts'
import { describeRollUp } from './describeRollUp.ts'
import { describeSubscribing } from './describeSubscribing.ts'
import { describeWindows } from './describeWindows.ts'
import type { OpenStoreRig } from './StoreRig.ts'

/** What any rollout store must do. `open` gives a fresh, empty one that others can open too, on the system clock. */
export function describeRolloutStore(name: string, open: OpenStoreRig): void {
  describeEventLog(name, open)
  describeWindows(name, open)
  describePages(name, open)
  describeRollUp(name, open)
  describeSubscribing(name, open)
  describeLeading(name, open)
}
