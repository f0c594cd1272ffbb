import { afterAll, beforeAll } from 'vitest'

import { describeDamage } from '../testing/describeDamage.ts'
import { describeProcesses } from '../testing/describeProcesses.ts'
import { describeReaders } from '../testing/describeReaders.ts'
import { describeRolloutStore } from '../testing/describeRolloutStore.ts'
import { PostgresRig } from '../testing/PostgresRig.ts'
import { type PostgresServer, startPostgres } from '../testing/startPostgres.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

describeRolloutStore('PostgresStore', () => PostgresRig.create(server))
describeProcesses('PostgresStore', async () => {
  const rig = await PostgresRig.create(server)
  return { store: rig.store, location: rig.url, [Symbol.asyncDispose]: () => rig[Symbol.asyncDispose]() }
})
describeReaders('PostgresStore', () => PostgresRig.create(server), 15)
describeDamage('PostgresStore', () => PostgresRig.create(server), 'gradvis.')
