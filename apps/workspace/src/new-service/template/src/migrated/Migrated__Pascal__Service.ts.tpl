import { BaseService, type Managed, type ServiceContext } from '@gradvis/base-service'

import { __camel__Contract, type __Pascal__Service } from '../__camel__Contract.ts'
import { __camel__Errors } from '../__camel__Errors.ts'
import type { EntryStore } from '../EntryStore.ts'

/** Only what is the service's own: the rest is BaseService. */
class Migrated__Pascal__Service extends BaseService<typeof __camel__Contract> implements __Pascal__Service {
  readonly #store: EntryStore

  constructor(context: ServiceContext, store: EntryStore) {
    super(__camel__Contract, context)
    this.#store = store
  }

  readonly saveEntry = this.operation('saveEntry', async ({ name, text }) => {
    await this.#store.set(name, text)
    return { name, text }
  })

  readonly getEntry = this.operation('getEntry', async ({ name }) => {
    const text = await this.#store.get(name)
    if (text === undefined) throw __camel__Errors.create('entry_not_found', {})
    return { name, text }
  })

  readonly removeEntry = this.operation('removeEntry', async ({ name }) => ({ removed: await this.#store.delete(name) }))
}

export function createMigrated__Pascal__Service(context: ServiceContext, store: EntryStore): Managed<__Pascal__Service> {
  return new Migrated__Pascal__Service(context, store)
}
