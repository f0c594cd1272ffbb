import { tokenOf } from '@gradvis/base-service'
import { messageProblems, type Provocation } from '@gradvis/kernel/testing'
import { describe, expect, it } from 'vitest'

import { containerErrors } from './containerErrors.ts'
import { createTestContainer } from './testing/createTestContainer.ts'
import { GreetingService } from './testing/greeting.ts'

const CASES: Readonly<Record<string, Provocation>> = {
  'container.implementation_unavailable': () => {
    const onLoad = () => {
      throw new Error('cannot be imported')
    }
    return createTestContainer({ onLoad }).greeting.side()
  },
  'container.service_not_registered': () =>
    createTestContainer().container.get(tokenOf({ name: 'OtherService', operations: {} })),
  'container.stopped': async () => {
    const { container, greeting } = createTestContainer()
    await container.stop()
    return greeting.side()
  },
  'container.operation_not_swapped': () => {
    const { container, greeting } = createTestContainer()
    container.swap(GreetingService, {})
    return greeting.side()
  },
}

describe('every code of the container, provoked', () => {
  it.each(Object.keys(containerErrors.catalog))('%s is told well in both languages', async (code) => {
    expect(await messageProblems(code, CASES[code], containerErrors.catalog)).toEqual([])
  })
})
