import { z } from 'zod'

import { BaseService } from '../BaseService.ts'
import type { Call } from '../Call.ts'
import { defineContract, type MethodOf, type ServiceOf } from '../contract/Contract.ts'
import { read, type Session, session, write } from '../contract/Operation.ts'
import type { ErrorTranslation } from '../ErrorTranslation.ts'
import type { OperationPolicy } from '../policies/OperationPolicy.ts'
import type { ServiceContext } from '../ServiceContext.ts'

const texts = { input: z.string(), output: z.string() }
const isSession = (value: unknown) => typeof value === 'object' && value !== null && 'close' in value

const probeContract = defineContract('ProbeService', {
  ask: read({ summary: 'Reads.', ...texts }),
  put: write({ summary: 'Writes the same twice.', ...texts, idempotent: true }),
  post: write({ summary: 'Writes anew each time.', ...texts }),
  open: session({ summary: 'Opens.', input: z.string(), output: z.custom<Session>(isSession) }),
})

type Handler<Output> = (input: string, call: Call) => Promise<Output>

type ProbeScript = Readonly<{
  ask?: Handler<string>
  put?: Handler<string>
  post?: Handler<string>
  open?: Handler<Session>
  policy?: OperationPolicy<string>
  translate?: ErrorTranslation
  start?: (signal: AbortSignal) => Promise<void>
  stop?: () => Promise<void>
}>

const echo: Handler<string> = async (input) => input

/** A service that does what a test tells it to. Only `ask` has what the policy says for reads. */
export class ProbeService extends BaseService<typeof probeContract> implements ServiceOf<typeof probeContract> {
  readonly ask: MethodOf<typeof probeContract.operations.ask>
  readonly put: MethodOf<typeof probeContract.operations.put>
  readonly post: MethodOf<typeof probeContract.operations.post>
  readonly open: MethodOf<typeof probeContract.operations.open>
  readonly #script: ProbeScript

  constructor(context: ServiceContext, script: ProbeScript = {}) {
    super(probeContract, context, script)
    this.#script = script
    const { cache: _cache, coalesce: _coalesce, ...policy } = script.policy ?? {}
    this.ask = this.operation('ask', script.ask ?? echo, script.policy)
    this.put = this.operation('put', script.put ?? echo, policy)
    this.post = this.operation('post', script.post ?? echo, policy)
    this.open = this.operation('open', script.open ?? (async () => aSession()), policy)
  }

  static async started(context: ServiceContext, script?: ProbeScript): Promise<ProbeService> {
    const service = new ProbeService(context, script)
    await service.start()
    return service
  }

  forget(tag: string): void {
    this.cache.invalidate(tag)
  }

  protected override async onStart(signal: AbortSignal): Promise<void> {
    await this.#script.start?.(signal)
  }

  protected override async onStop(): Promise<void> {
    await this.#script.stop?.()
  }
}

/** A session that counts how often it was closed. */
export function aSession(): Session & { closes: number } {
  const { promise: closed, resolve } = Promise.withResolvers<void>()
  return {
    closes: 0,
    closed,
    async close() {
      this.closes += 1
      resolve()
    },
  }
}

/** Rejects with the signal's reason when it aborts, like any work that heeds its signal. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
  })
}
