import { silentLogger, systemClock } from '@gradvis/kernel'
import { isSequenceConflict } from '@gradvis/rollout'

import { openRolloutStore } from '../openRolloutStore.ts'
import { anEvent } from './anEvent.ts'
import { aWindow } from './aWindow.ts'

// A process of its own: appends pairs of events, one after the other, for as long as it lives or as often as it is told,
// and says what was acknowledged. Arguments: location, name, number of pairs.
const [location = '', actor = '', pairs = 'Infinity'] = process.argv.slice(2)
// Never closed, and listened to until the end: neither may keep the process alive.
const store = await openRolloutStore(location, { clock: systemClock, logger: silentLogger })

for (let pair = 1; pair <= Number(pairs); pair++) {
  await appendPair(`${actor} ${pair}`)
  await store.writeWindows([aWindow({ instance: actor, startMs: pair })])
  process.stdout.write(`${pair}\n`)
}
store.subscribe(() => {})
await store.readEvents(0)

async function appendPair(reason: string): Promise<void> {
  const last = (await store.readEvents(0)).length
  try {
    await store.append([anEvent({ actor, reason }), anEvent({ actor, reason })], last)
  } catch (error) {
    if (!isSequenceConflict(error)) throw error
    await appendPair(reason)
  }
}
