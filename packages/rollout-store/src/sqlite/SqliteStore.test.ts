import { describeRolloutStore } from '../testing/describeRolloutStore.ts'
import { SqliteRig } from '../testing/SqliteRig.ts'

describeRolloutStore('SqliteStore', () => SqliteRig.create())
