import {
  defineContract,
  type Managed,
  noInput,
  type Observation,
  read,
  type Session,
  type ServiceContext,
  type ServiceOf,
  session,
  tokenOf,
  write,
} from '@gradvis/base-service'
import { ServiceError } from '@gradvis/kernel'
import { z } from 'zod'

/** A small service of every kind of operation, for the container's own tests. */
const greetingContract = defineContract('GreetingService', {
  greet: read({ summary: 'Greets.', input: z.strictObject({ name: z.string() }), output: z.string() }),
  rename: write({ summary: 'Not idempotent.', input: z.strictObject({ name: z.string() }), output: z.string() }),
  put: write({
    summary: 'Idempotent.',
    input: z.strictObject({ name: z.string() }),
    output: z.string(),
    idempotent: true,
  }),
  side: read({ summary: 'Which side answers.', input: noInput, output: z.string(), shadow: false }),
  watch: session({
    summary: 'Hears every broadcast.',
    input: z.strictObject({ listener: z.custom<(text: string) => void>() }),
    output: z.custom<Session>(),
    handover: 'resubscribe',
  }),
  open: session({ summary: 'A session that stays.', input: noInput, output: z.custom<Session>() }),
})
export type GreetingService = ServiceOf<typeof greetingContract>
export const GreetingService = tokenOf(greetingContract)

/** One side of the service, whose failures a test orders. */
export class FakeGreeting implements Managed<GreetingService> {
  readonly context: ServiceContext
  failWith: Error | undefined
  started = 0
  stopped = 0
  readonly listeners = new Set<(text: string) => void>()
  /** A call of `greet` waits for this before it answers. */
  gate: Promise<void> = Promise.resolve()
  /** A start waits for this. */
  startGate: Promise<void> = Promise.resolve()
  /** A new subscription waits for this. */
  watchGate: Promise<void> = Promise.resolve()
  readonly sessions: Session[] = []

  constructor(context: ServiceContext) {
    this.context = context
  }

  async start(): Promise<void> {
    this.started += 1
    await this.startGate
  }

  async stop(): Promise<void> {
    this.stopped += 1
  }

  reportBytes(): number {
    return 0
  }

  readonly greet = async ({ name }: { name: string }) => {
    await this.gate
    return this.#answer(`hello ${name}`)
  }
  readonly rename = async ({ name }: { name: string }) => this.#answer(`renamed ${name}`)
  readonly put = async ({ name }: { name: string }) => this.#answer(`put ${name}`)
  readonly side = async () => this.#answer(this.context.implementation)

  readonly watch = async ({ listener }: { listener: (text: string) => void }): Promise<Session> => {
    this.#answer('')
    await this.watchGate
    this.listeners.add(listener)
    const opened = fakeSession(() => this.listeners.delete(listener))
    this.sessions.push(opened)
    return opened
  }

  readonly open = async (): Promise<Session> => fakeSession(() => {})

  broadcast(text: string): void {
    for (const listener of this.listeners) listener(text)
  }

  #answer(text: string): string {
    if (this.failWith) throw this.failWith
    return text === this.context.implementation ? text : `${text} (${this.context.implementation})`
  }
}

function fakeSession(release: () => void): Session {
  const ended = Promise.withResolvers<void>()
  return {
    closed: ended.promise,
    close: async () => {
      release()
      ended.resolve()
    },
  }
}

export const fault = new ServiceError('test.broken', { fault: 'service', retryable: false, sv: 'trasig', en: 'broken' })
export const refusal = new ServiceError('test.refused', {
  fault: 'caller',
  retryable: false,
  sv: 'nekad',
  en: 'refused',
})

/** An observation without what varies from run to run. */
export function brief({ implementation, operation, outcome, role, rescued }: Observation) {
  return [implementation, operation, outcome, role, ...(rescued ? ['rescued'] : [])].join(' ')
}
