import { asFunction, createContainer } from 'awilix'

import type { AsyncCase } from '../harness/Case.ts'
import { type EchoTarget, echoCase } from '../ours/echo.ts'

/** A singleton resolved anew for each call. */
export function createAwilixCase(target: EchoTarget): AsyncCase {
  const container = createContainer<{ target: EchoTarget }>()
  container.register({ target: asFunction(() => target).singleton() })
  return echoCase('awilix resolve + call', (index) => container.resolve('target').echo(index))
}
