import '../testing/requireAsNodeDoes.ts'

import { afterAll, beforeAll } from 'vitest'

import { describeRolloutStore } from '../testing/describeRolloutStore.ts'
import { PostgresRig } from '../testing/PostgresRig.ts'
import { type PostgresServer, startPostgres } from '../testing/startPostgres.ts'

let server: PostgresServer

beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server.stop())

describeRolloutStore('PostgresStore', () => PostgresRig.create(server))
