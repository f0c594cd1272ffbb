import { defineContract, read, type Managed, type ServiceOf, tokenOf } from '@gradvis/base-service'
import { z } from 'zod'

import type { AsyncCase } from '../harness/Case.ts'

/** It bears the name of a service of the plan, because the name is what flags are looked up by. */
const echoContract = defineContract('BackupService', {
  echo: read({ input: z.number(), output: z.number(), summary: 'Answers what it was asked.' }),
})

export type EchoTarget = ServiceOf<typeof echoContract>
export const EchoTarget = tokenOf(echoContract)

/** The method that every case of the suite ends in: as little as an asynchronous method can do. */
export class Echo implements Managed<EchoTarget> {
  async echo(input: number): Promise<number> {
    return input
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  reportBytes(): number {
    return 0
  }
}

/** A case that calls `echo` in some way and is verified to give its input back. */
export function echoCase(name: string, run: (index: number) => Promise<number>): AsyncCase {
  const verify = async () => {
    const answer = await run(7)
    if (answer !== 7) throw new Error(`answered ${answer} to 7`)
  }
  return { name, kind: 'async', run, verify }
}
