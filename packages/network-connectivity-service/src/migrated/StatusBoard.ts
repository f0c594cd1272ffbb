import { type Clock, type Disposer, type Logger, TypedEvents } from '@gradvis/kernel'

import type { EndpointCheck } from '../BackendCheck.ts'
import type { FailureCode } from '../FailureCode.ts'
import type { NetworkChange, NetworkListener } from '../NetworkChange.ts'
import { type NetworkStatus, type Target, TARGETS, type TargetStatus } from '../NetworkStatus.ts'
import type { ParsedEndpoint } from './parseOptions.ts'
import type { Link } from './readLink.ts'
import { type ReachabilityState, settle, step, unknownSince } from './step.ts'

/** What is known, and who is told when it changes. */
export class StatusBoard {
  readonly #clock: Clock
  readonly #logger: Logger
  /** The targets that can be known: the link, and those that there is an endpoint for. */
  readonly #knowable: readonly Target[]
  readonly #events = new TypedEvents<{ recorded: NetworkChange }>(() => {})
  #states: Readonly<Record<Target, ReachabilityState>>
  #status: NetworkStatus

  constructor(clock: Clock, logger: Logger, endpoints: readonly Pick<ParsedEndpoint, 'role'>[]) {
    this.#clock = clock
    this.#logger = logger
    this.#knowable = ['link', ...new Set(endpoints.map((endpoint) => endpoint.role))]
    const unknown = unknownSince(clock.now())
    this.#states = { link: unknown, internet: unknown, backend: unknown }
    this.#status = this.#snapshot({ monitoring: false, checkedAt: null })
  }

  get status(): NetworkStatus {
    return this.#status
  }

  /** Of the deepest target that something is known of. */
  get isOnline(): boolean {
    const { link, internet, backend } = this.#states
    return [backend, internet, link].find((state) => state.reachable !== 'unknown')?.reachable === 'yes'
  }

  /** The longest unbroken run of failures; undefined while all is well. */
  get failuresInARow(): number | undefined {
    const states = this.#knowable.map((target) => this.#states[target])
    if (states.every((state) => state.reachable === 'yes' && state.failures === 0)) return undefined
    return Math.max(...states.map((state) => state.failures))
  }

  setMonitoring(monitoring: boolean): void {
    this.#status = this.#snapshot({ ...this.#status, monitoring })
  }

  /** Takes in what one look at this machine, and one round of probes if there was one, has shown. */
  record({ failure: broken }: Link, checks?: readonly EndpointCheck[]): void {
    const atMs = this.#clock.now()
    const previous = this.#status
    const link = settle(this.#states.link, linkReachable(broken), broken ?? null, atMs)
    const states = { ...this.#states, link }
    for (const role of ['internet', 'backend'] as const) {
      const failure = failureOf(role, checks?.filter((check) => check.role === role) ?? [])
      if (failure !== undefined) states[role] = step(states[role], { atMs, failure: failure && (broken ?? failure) })
    }
    this.#states = states
    this.#status = this.#snapshot({ ...previous, ...(checks && { checkedAt: new Date(atMs).toISOString() }) })
    const changed = TARGETS.filter((target) => this.#status[target].reachable !== previous[target].reachable)
    for (const target of changed)
      this.#logger.info('reachability changed', {
        target,
        reachable: states[target].reachable,
        cause: states[target].cause,
      })
    this.#events.emit('recorded', Object.freeze({ status: this.#status, previous, changed: Object.freeze(changed) }))
  }

  /** The listener first learns how things stand, as soon as every target that can be known is known. */
  subscribe(listener: NetworkListener): Disposer {
    let isIntroduced = false
    const tell = (change: NetworkChange) => void this.#tell(listener, change)
    const introduce = () => {
      isIntroduced = this.#knowable.every((target) => target === 'link' || this.#states[target].reachable !== 'unknown')
      if (isIntroduced) tell(Object.freeze({ status: this.#status, previous: null, changed: Object.freeze([]) }))
    }
    introduce()
    return this.#events.on('recorded', (change) => {
      if (!isIntroduced) introduce()
      else if (change.changed.length > 0) tell(change)
    })
  }

  async #tell(listener: NetworkListener, change: NetworkChange): Promise<void> {
    try {
      await listener(change)
    } catch (error) {
      this.#logger.error('a network listener failed', { error: error instanceof Error ? error.name : typeof error })
    }
  }

  #snapshot(rest: Pick<NetworkStatus, 'monitoring' | 'checkedAt'>): NetworkStatus {
    const { link, internet, backend } = this.#states
    const { monitoring, checkedAt } = rest
    return Object.freeze({
      link: shown(link),
      internet: shown(internet),
      backend: shown(backend),
      monitoring,
      checkedAt,
    })
  }
}

function shown({ reachable, sinceMs, cause }: ReachabilityState): TargetStatus {
  return Object.freeze({ reachable, since: new Date(sinceMs).toISOString(), cause })
}

function linkReachable(failure: Link['failure']) {
  return failure === undefined ? 'unknown' : failure === null ? 'yes' : 'no'
}

/** Every backend must answer, any internet endpoint will do. Undefined when there was none to ask. */
function failureOf(role: 'internet' | 'backend', checks: readonly EndpointCheck[]): FailureCode | null | undefined {
  const broken = checks.filter((check) => !check.reachable)
  if (role === 'internet' && broken.length < checks.length) return null
  return checks.length === 0 ? undefined : (broken[0]?.errorCode ?? null)
}
