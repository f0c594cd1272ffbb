import { silentLogger, sleep, systemClock } from '@gradvis/kernel'

import { openRolloutStore } from '../openRolloutStore.ts'

// A process of its own: leads for as long as it lives, and says how often it was told that it does. Arguments: location,
// name, how long its lease lasts.
const [location = '', instance = '', ttlMs = '0'] = process.argv.slice(2)
const store = await openRolloutStore(location, { clock: systemClock, logger: silentLogger })

for (let told = 0; ;) {
  if (await store.lead(instance, Number(ttlMs))) process.stdout.write(`${++told}\n`)
  await sleep(systemClock, Number(ttlMs) / 10)
}
