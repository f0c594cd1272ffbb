import { type InputOf, type Managed, notRunning, type ServiceContext, serviceErrors } from '@gradvis/base-service'

import { __camel__Contract, type __Pascal__Service } from '../__camel__Contract.ts'
import { __camel__Errors } from '../__camel__Errors.ts'
import type { EntryStore } from '../EntryStore.ts'
import { Legacy__Pascal__ } from './Legacy__Pascal__.ts'

type Operations = typeof __camel__Contract.operations

/** The contract's shape around the legacy service: its names, its errors, its lifecycle. */
class Legacy__Pascal__Adapter implements Managed<__Pascal__Service> {
  readonly #legacy: Legacy__Pascal__
  #state: 'created' | 'running' | 'stopped' = 'created'

  constructor(legacy: Legacy__Pascal__) {
    this.#legacy = legacy
  }

  async start(): Promise<void> {
    if (this.#state === 'created') this.#state = 'running'
  }

  async stop(): Promise<void> {
    this.#state = 'stopped'
  }

  reportBytes(): number {
    return 0
  }

  async saveEntry({ name, text }: InputOf<Operations['saveEntry']>) {
    await this.#run('saveEntry', () => this.#legacy.put(name, text))
    return { name, text }
  }

  async getEntry({ name }: InputOf<Operations['getEntry']>) {
    const text = await this.#run('getEntry', () => this.#legacy.find(name))
    if (text === null) throw __camel__Errors.create('entry_not_found', {})
    return { name, text }
  }

  async removeEntry({ name }: InputOf<Operations['removeEntry']>) {
    return { removed: await this.#run('removeEntry', () => this.#legacy.remove(name)) }
  }

  async #run<T>(operation: string, work: () => Promise<T>): Promise<T> {
    const service = __camel__Contract.name
    if (this.#state !== 'running') throw notRunning(service, this.#state)
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof RangeError)) throw serviceErrors.create('unexpected', { service, operation }, { cause: error })
      throw serviceErrors.create('invalid_input', { service, operation, details: error.message }, { cause: error })
    }
  }
}

export function createLegacy__Pascal__Service(_context: ServiceContext, store: EntryStore): Managed<__Pascal__Service> {
  return new Legacy__Pascal__Adapter(new Legacy__Pascal__(store))
}
