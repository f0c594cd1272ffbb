import { Container } from 'inversify'

import type { AsyncCase } from '../harness/Case.ts'
import { type EchoTarget, echoCase } from '../ours/echo.ts'

/** A singleton fetched anew for each call, which is what it takes for a rebinding to be seen. */
export function createInversifyCase(target: EchoTarget): AsyncCase {
  const token = Symbol('EchoTarget')
  const container = new Container()
  container
    .bind<EchoTarget>(token)
    .toDynamicValue(() => target)
    .inSingletonScope()
  return echoCase('inversify get + call', (index) => container.get<EchoTarget>(token).echo(index))
}
