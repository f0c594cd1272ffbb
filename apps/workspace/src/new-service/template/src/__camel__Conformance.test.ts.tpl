import { createTestContext } from '@gradvis/base-service/testing'

import type { EntryStore } from './EntryStore.ts'
import { createLegacy__Pascal__Service } from './legacy/index.ts'
import { createMigrated__Pascal__Service } from './migrated/index.ts'
import { createMemoryStore, describe__Pascal__Conformance, describe__Pascal__CrossMatrix } from './testing/index.ts'

const legacy = (store: EntryStore) => createLegacy__Pascal__Service(createTestContext({ implementation: 'legacy' }), store)
const migrated = (store: EntryStore) => createMigrated__Pascal__Service(createTestContext(), store)

describe__Pascal__Conformance('legacy', () => legacy(createMemoryStore()))
describe__Pascal__Conformance('migrated', () => migrated(createMemoryStore()))
describe__Pascal__CrossMatrix({ legacy, migrated })
