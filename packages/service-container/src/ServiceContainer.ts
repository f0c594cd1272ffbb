import 'reflect-metadata'

import type {
  AnyServiceToken,
  Contract,
  Managed,
  Observer,
  ServiceContext,
  ServiceOf,
  ServiceToken,
} from '@gradvis/base-service'
import { type Decision, explain, type Explanation, type Subject } from '@gradvis/feature-flags'
import { type Clock, type Disposer, disposer, type Implementation, type Logger } from '@gradvis/kernel'
import { Container, type Newable } from 'inversify'

import type { CallTracer } from './CallTracer.ts'
import { containerErrors } from './containerErrors.ts'
import { createFacade } from './createFacade.ts'
import { createRoute } from './createRoute.ts'
import type { EmissionGuard } from './EmissionGuard.ts'
import { RoutedSession } from './RoutedSession.ts'
import type { ServiceRegistration } from './ServiceRegistration.ts'
import type { ServiceRoute } from './ServiceRoute.ts'
import type { ShadowPort } from './ShadowPort.ts'
import type { SnapshotProvider } from './SnapshotProvider.ts'
import { SubjectScopes } from './SubjectScope.ts'
import { standIn } from './standIn.ts'

export type ServiceContainerOptions = Readonly<{
  registrations: readonly ServiceRegistration[]
  provider: SnapshotProvider
  clock: Clock
  logger: Logger
  observer: Observer
  random: () => number
  shadow?: ShadowPort
  /** Where the sensitive operations of both sides are recorded. Absent: nowhere. */
  audit?: ServiceContext['audit']
  /** Absent: what implementations log and throw leaves as it is. */
  guard?: EmissionGuard
  /** Absent: no call leaves a span. */
  tracer?: CallTracer
  /** How long a side that no decision leads to stays up after its last call. Default 5,000. */
  drainIdleMs?: number
}>

/** A real instance with why it was chosen. It is outside the routing: calls on it are neither recorded nor rescued. */
export type Resolution<Service> = Readonly<{
  service: Service
  implementation: Implementation
  reason: Decision['reason']
  /** The decision said migrated, but that side is unavailable and this is legacy. */
  fallbackUsed: boolean
  loadTimeMs: number
}>

/** Bytes of one side of one service; `externalBytes` of them outside the JavaScript heap, where it is known. */
export type HeldBytes = Readonly<{
  service: string
  implementation: Implementation
  bytes: number
  externalBytes?: number
}>

/** The services as one subject sees them. */
export type SubjectServices = Readonly<{ get: <C extends Contract>(token: ServiceToken<C>) => ServiceOf<C> }>

/**
 * Dependency injection that knows the rollout. Every service token is bound to a routed facade that decides per call,
 * so a facade may be injected anywhere and held for ever.
 */
export class ServiceContainer {
  readonly #options: ServiceContainerOptions
  readonly #scopes: SubjectScopes
  readonly #routes: ReadonlyMap<string, ServiceRoute>
  readonly #bindings = new Container({ autobind: true })
  readonly #unsubscribe: Disposer
  readonly #sessions = new Set<RoutedSession>()
  #stopping: Promise<void> | undefined

  constructor(options: ServiceContainerOptions) {
    this.#options = options
    this.#scopes = new SubjectScopes(options.registrations.length)
    this.#routes = new Map(
      options.registrations.map((one, ordinal) => [one.token.contract.name, createRoute(one, options, ordinal)]),
    )
    for (const { token } of options.registrations) {
      this.#bindings.bind(token).toConstantValue(this.#facade(this.#routeOf(token), () => this.#scopes.current()))
    }
    this.#unsubscribe = options.provider.onChange(() => this.#drainUnreachable())
    this.#drainUnreachable()
  }

  /** A service's routed facade, or an instance of an `@injectable()` class of the application. */
  get<C extends Contract>(token: ServiceToken<C>): ServiceOf<C>
  get<T>(applicationClass: Newable<T>): T
  get(identifier: AnyServiceToken | Newable): unknown {
    if ('contract' in identifier) this.#routeOf(identifier)
    return this.#bindings.get(identifier as Newable)
  }

  /** Binds a value of the application's own, for injection into its classes. */
  bindValue<T>(identifier: symbol | Newable<T>, value: T): void {
    this.#bindings.bind<T>(identifier).toConstantValue(value)
  }

  /** Facades that take their decisions for this subject, whatever scope they are called in. Nothing is pinned. */
  for(subject: Subject | string): SubjectServices {
    const scope = { subject: toSubject(subject), pins: undefined }
    return {
      get: <C extends Contract>(token: ServiceToken<C>) =>
        this.#facade(this.#routeOf(token), () => scope) as ServiceOf<C>,
    }
  }

  /** Runs work on behalf of a subject. Within it, each service's decision is taken once and kept (design: pinning). */
  runAs<T>(subject: Subject | string, work: () => T): T {
    return this.#scopes.run(toSubject(subject), work)
  }

  async resolve<C extends Contract>(
    token: ServiceToken<C>,
    subject?: Subject | string,
  ): Promise<Resolution<Managed<ServiceOf<C>>>> {
    const route = this.#routeOf(token)
    const decision = subject === undefined ? route.decideIn(this.#scopes.current()) : route.decide(toSubject(subject))
    const startedMs = this.#options.clock.monotonicMs()
    const { instance, implementation } = await route.acquire(decision)
    return {
      service: instance as Managed<ServiceOf<C>>,
      implementation,
      reason: decision.reason,
      fallbackUsed: implementation !== decision.implementation,
      loadTimeMs: this.#options.clock.monotonicMs() - startedMs,
    }
  }

  /** Every rung of the ladder for a subject, as of now. */
  explain(token: AnyServiceToken, subject?: Subject | string): Explanation {
    const { name } = this.#routeOf(token).contract
    const asked = subject === undefined ? this.#scopes.current()?.subject : toSubject(subject)
    return explain(this.#options.provider.current, name, asked)
  }

  /**
   * Puts a test's object in the place of one side (migrated, unless said otherwise) and routes every subject there.
   * It may implement only what the test needs. Dispose (`using`) to restore.
   */
  swap<C extends Contract>(
    token: ServiceToken<C>,
    fake: Partial<ServiceOf<C>>,
    side: Implementation = 'migrated',
  ): Disposer {
    const route = this.#routeOf(token)
    const undoSlot = route.slots[side].replace(standIn(token.contract, fake))
    const undoOverride = this.#options.provider.override(token.contract.name, side)
    return disposer(() => {
      undoOverride()
      undoSlot()
    })
  }

  /** Sends every subject of a service to one side until it is disposed of: "all on except X". */
  pin(token: AnyServiceToken, side: Implementation): Disposer {
    return this.#options.provider.override(this.#routeOf(token).contract.name, side)
  }

  /** What every running side says it holds in memory. One that throws is left out. */
  heldBytes(): readonly HeldBytes[] {
    return [...this.#routes.values()].flatMap(({ contract, slots }) =>
      Object.values(slots).flatMap(({ implementation, instance }) => {
        const bytes = bytesOf(() => instance?.reportBytes())
        const externalBytes = bytesOf(() => instance?.reportExternalBytes?.())
        const held = { service: contract.name, implementation, ...(externalBytes !== undefined && { externalBytes }) }
        return bytes === undefined ? [] : [{ ...held, bytes }]
      }),
    )
  }

  /** Lets calls in flight finish, closes what is open, stops every implementation. Idempotent. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop()
    return this.#stopping
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop()
  }

  async #stop(): Promise<void> {
    this.#unsubscribe()
    const sessions = [...this.#sessions].map((session) => session.close().catch(() => {}))
    await Promise.all([...sessions, ...[...this.#routes.values()].map((route) => route.stop())])
  }

  #drainUnreachable(): void {
    for (const route of this.#routes.values()) route.drainUnreachable()
  }

  #routeOf(token: AnyServiceToken): ServiceRoute {
    const { name } = token.contract
    const route = this.#routes.get(name)
    if (route === undefined) throw containerErrors.create('service_not_registered', { service: name })
    return route
  }

  #facade(route: ServiceRoute, scopeOf: Parameters<typeof createFacade>[0]['scopeOf']): ServiceOf<Contract> {
    const { provider, logger } = this.#options
    return createFacade({
      route,
      scopeOf,
      // A session outlives the request that opened it: it must not keep that request's scope alive, nor be pinned by it.
      openSession: (call, subject) =>
        this.#scopes.exit(() => this.#track(RoutedSession.open({ route, provider, logger, subject, call }))),
    })
  }

  /** What is open is closed by `stop`, also what was still being opened then. */
  async #track(opening: Promise<RoutedSession>): Promise<RoutedSession> {
    const session = await opening
    this.#sessions.add(session)
    void session.closed.then(() => this.#sessions.delete(session))
    if (this.#stopping) await session.close()
    return session
  }
}

function bytesOf(report: () => number | undefined): number | undefined {
  try {
    const bytes = report()
    return bytes !== undefined && Number.isFinite(bytes) && bytes >= 0 ? bytes : undefined
  } catch {
    return undefined
  }
}

function toSubject(subject: Subject | string): Subject {
  return typeof subject === 'string' ? { targetingKey: subject } : subject
}
