import type { Session } from '@gradvis/base-service'
import { type Clock, type Logger, TypedEvents } from '@gradvis/kernel'

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
    if (states.every((state) => state.reachable !== 'no' && state.failures === 0)) return undefined
    return Math.max(...states.map((state) => state.failures))
  }

  setMonitoring(monitoring: boolean): void {
    this.#status = this.#snapshot({ ...this.#status, monitoring })
  }

  /** Takes in what one look at this machine, and one round of probes if there was one, has shown. */
  record({ failure: broken }: Link, checks?: readonly EndpointCheck[]): void {
    const atMs = this.#clock.now()
    const previous = this.#status
    const failures = broken ? this.#states.link.failures + 1 : 0
    const link = settle({ ...this.#states.link, failures }, linkReachable(broken), broken ?? null, atMs)
    const states = { ...this.#states, link }
    for (const role of ['internet', 'backend'] as const) {
      const failure = failureOf(role, checks?.filter((check) => check.role === role) ?? [])
      if (failure !== undefined) states[role] = step(states[role], { atMs, failure: failure && (broken ?? failure) })
    }
    this.#states = states
    this.#status = this.#snapshot({ ...previous, ...(checks && { checkedAt: new Date(atMs).toISOString() }) })
    const changed = TARGETS.filter((target) => this.#status[target].reachable !== previous[target].reachable)
    for (const target of changed) {
      const { reachable, cause } = states[target]
      this.#logger.info('reachability changed', { target, reachable, cause })
    }
    this.#events.emit('recorded', Object.freeze({ status: this.#status, previous, changed: Object.freeze(changed) }))
  }

  /** The listener first learns how things stand, as soon as every target that can be known is known. */
  subscribe(listener: NetworkListener): Session {
    const { promise: closed, resolve } = Promise.withResolvers<void>()
    let isIntroduced = false
    let isOpen = true
    const hear = (change: NetworkChange) => {
      const isFirst = !isIntroduced
      isIntroduced ||= this.#isKnown
      // Another listener of the same change may have closed this one.
      if (!isOpen || !isIntroduced) return
      if (isFirst) void this.#tell(listener, Object.freeze({ ...change, previous: null, changed: Object.freeze([]) }))
      else if (change.changed.length > 0) void this.#tell(listener, change)
    }
    const unsubscribe = this.#events.on('recorded', hear)
    hear({ status: this.#status, previous: null, changed: [] })
    const close = async () => {
      isOpen = false
      unsubscribe()
      resolve()
    }
    return { closed, close }
  }

  get #isKnown(): boolean {
    return this.#knowable.every((target) => target === 'link' || this.#states[target].reachable !== 'unknown')
  }

  async #tell(listener: NetworkListener, change: NetworkChange): Promise<void> {
    try {
      await listener(change)
    } catch (error) {
      this.#logger.error('a network listener failed', { error: error instanceof Error ? error.name : typeof error })
    }
  }

  #snapshot({ monitoring, checkedAt }: Pick<NetworkStatus, 'monitoring' | 'checkedAt'>): NetworkStatus {
    const [link, internet, backend] = [
      shown(this.#states.link),
      shown(this.#states.internet),
      shown(this.#states.backend),
    ]
    return Object.freeze({ link, internet, backend, monitoring, checkedAt })
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
