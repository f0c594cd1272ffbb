import type { Clock, Disposer, Logger } from '@gradvis/kernel'

import type { LegacyConfig, LegacySettings } from './LegacyConfig.ts'
import { type LegacyListener, LegacyListeners } from './LegacyListeners.ts'
import { LegacyNetworkError } from './LegacyNetworkError.ts'
import { LegacyPing, type LegacyPingResult } from './LegacyPing.ts'
import { LegacySharedRun } from './LegacySharedRun.ts'
import {
  judgeLegacyArea,
  type LegacyArea,
  LegacyAreaTracker,
  nextLegacyDelay,
  type LegacySnapshot,
} from './LegacyState.ts'
import {
  inspectLegacyLink,
  type LegacyLink,
  type LegacyTroubleshooting,
  reportLegacyStages,
} from './LegacyTroubleshooting.ts'
import { readLegacyConfig } from './readLegacyConfig.ts'

export type LegacyPingRound = { finished: number; pings: LegacyPingResult[] }

export type LegacyDependencies = Readonly<{ clock: Clock; logger: Logger; random: () => number }>

const AREAS: readonly LegacyArea[] = ['link', 'internet', 'own']

/** The network service as it was before the service layer. */
export class LegacyNetworkConnectivity {
  readonly #settings: LegacySettings
  readonly #clock: Clock
  readonly #logger: Logger
  readonly #random: () => number
  readonly #trackers: Record<LegacyArea, LegacyAreaTracker>
  readonly #listeners: LegacyListeners
  readonly #pings: LegacySharedRun<LegacyPingRound>
  readonly #troubleshootings: LegacySharedRun<LegacyTroubleshooting>
  #snapshot: LegacySnapshot
  #lastPing: number | null = null
  #isOpen = false
  #isPolling = false
  #pollTimer: Disposer | null = null
  #pollAbort: AbortController | null = null
  #currentPoll: Promise<void> = Promise.resolve()

  constructor(config: LegacyConfig, { clock, logger, random }: LegacyDependencies) {
    this.#settings = readLegacyConfig(config)
    this.#clock = clock
    this.#logger = logger
    this.#random = random
    this.#listeners = new LegacyListeners(logger)
    const newTracker = () => new LegacyAreaTracker(clock.now())
    this.#trackers = { link: newTracker(), internet: newTracker(), own: newTracker() }
    this.#snapshot = this.#takeSnapshot()
    this.#pings = new LegacySharedRun('ping', () => this.#beginPings())
    this.#troubleshootings = new LegacySharedRun('troubleshoot', () => this.#beginTroubleshooting())
  }

  open(): void {
    if (this.#isOpen) return
    this.#isOpen = true
    this.#learn(inspectLegacyLink(this.#settings), null)
  }

  /** Ends polling and everything that is under way; forgets the listeners. */
  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    await this.stopPolling()
    this.#pings.cancel()
    this.#troubleshootings.cancel()
    this.#listeners.clear()
  }

  get isPolling(): boolean {
    return this.#isPolling
  }

  get targetCount(): number {
    return this.#settings.targets.length
  }

  /** From memory; the same object until something has changed. */
  getSnapshot(): LegacySnapshot {
    this.#mustBeOpen('getSnapshot')
    return this.#snapshot
  }

  /** What is known of our own servers counts most, then the internet, then the link. */
  hasConnection(): boolean {
    this.#mustBeOpen('hasConnection')
    for (const area of ['own', 'internet', 'link'] as const) {
      const { reachable } = this.#snapshot[area]
      if (reachable !== null) return reachable
    }
    return false
  }

  /** Asks all targets now. Calls at the same time share one round. */
  async pingAll(abort?: AbortSignal): Promise<LegacyPingRound> {
    this.#mustBeOpen('pingAll')
    return this.#pings.join(abort)
  }

  async troubleshoot(abort?: AbortSignal): Promise<LegacyTroubleshooting> {
    this.#mustBeOpen('troubleshoot')
    return this.#troubleshootings.join(abort)
  }

  /** The same function may be added once. */
  addListener(listener: LegacyListener): void {
    this.#mustBeOpen('addListener')
    if (typeof listener !== 'function') {
      throw new LegacyNetworkError('BAD_LISTENER', 'listener', 'the listener must be a function')
    }
    this.#listeners.add(listener, this.#snapshot, this.#isKnown())
  }

  removeListener(listener: LegacyListener): void {
    this.#listeners.remove(listener)
  }

  startPolling(): void {
    this.#mustBeOpen('startPolling')
    if (this.#isPolling) return
    this.#isPolling = true
    this.#pollAbort = new AbortController()
    this.#snapshot = this.#takeSnapshot()
    this.#logger.debug('network polling started')
    this.#currentPoll = this.#poll(this.#pollAbort)
  }

  async stopPolling(): Promise<void> {
    if (this.#isPolling) {
      this.#isPolling = false
      this.#pollTimer?.()
      this.#pollTimer = null
      this.#pollAbort?.abort()
      this.#pollAbort = null
      this.#snapshot = this.#takeSnapshot()
      this.#logger.debug('network polling stopped')
    }
    await this.#currentPoll
  }

  async #poll(abort: AbortController): Promise<void> {
    const delay = await this.#pollOnce(abort)
    if (abort.signal.aborted) return
    this.#pollTimer = this.#clock.schedule(delay, () => {
      this.#currentPoll = this.#poll(abort)
    })
  }

  /** Answers how long to wait for the next one. */
  async #pollOnce(abort: AbortController): Promise<number> {
    try {
      await this.#pings.join(abort.signal)
      return nextLegacyDelay(this.#settings, this.#trackers, this.#random)
    } catch (error) {
      if (!abort.signal.aborted) {
        const name = error instanceof Error ? error.name : typeof error
        this.#logger.error('a poll of the network failed', { error: name })
      }
      return this.#settings.pollEvery
    }
  }

  #beginPings(): { promise: Promise<LegacyPingRound>; cancel: () => void } {
    const { promise, cancel } = this.#pingTargets(this.#settings.pingTimeout)
    const learned = promise.then((pings) => {
      this.#learn(inspectLegacyLink(this.#settings), pings)
      return { finished: this.#clock.now(), pings }
    })
    return { promise: learned, cancel }
  }

  #beginTroubleshooting(): { promise: Promise<LegacyTroubleshooting>; cancel: () => void } {
    const begun = this.#clock.now()
    const startedAt = this.#clock.monotonicMs()
    const link = inspectLegacyLink(this.#settings)
    const linkTook = this.#clock.monotonicMs() - startedAt
    const run =
      link.problem === null
        ? this.#pingTargets(this.#settings.troubleshootTimeout)
        : { promise: Promise.resolve<LegacyPingResult[]>([]), cancel: () => {} }
    const promise = run.promise.then((pings) => {
      const stages = reportLegacyStages(link, linkTook, pings)
      const broken = stages.find((stage) => stage.state === 'bad')
      const took = this.#clock.monotonicMs() - startedAt
      return { begun, took, brokenStage: broken?.stage ?? null, problem: broken?.problem ?? null, stages, pings }
    })
    return { promise, cancel: run.cancel }
  }

  #pingTargets(timeout: number): { promise: Promise<LegacyPingResult[]>; cancel: () => void } {
    const attempts = this.#settings.targets.map((target) => new LegacyPing(target, this.#settings, this.#clock))
    const cancel = () => {
      for (const attempt of attempts) attempt.abort()
    }
    return { promise: Promise.all(attempts.map((attempt) => attempt.run(timeout))), cancel }
  }

  /** Takes in what was found, and tells the listeners what is different now. */
  #learn(link: LegacyLink, pings: LegacyPingResult[] | null): void {
    const now = this.#clock.now()
    this.#trackers.link.observe(link.known ? link.problem === null : null, link.problem, now)
    if (pings !== null) {
      this.#lastPing = now
      for (const kind of ['internet', 'own'] as const) {
        const problem = judgeLegacyArea(kind, pings, link)
        if (problem === null) this.#trackers[kind].addSuccess(now)
        else if (problem !== undefined) this.#trackers[kind].addFailure(problem, now)
      }
    }
    const before = this.#snapshot
    this.#snapshot = this.#takeSnapshot()
    this.#announce(before)
  }

  #takeSnapshot(): LegacySnapshot {
    return Object.freeze({
      link: Object.freeze(this.#trackers.link.state),
      internet: Object.freeze(this.#trackers.internet.state),
      own: Object.freeze(this.#trackers.own.state),
      polling: this.#isPolling,
      lastPing: this.#lastPing,
    })
  }

  #announce(before: LegacySnapshot): void {
    const areas = AREAS.filter((area) => before[area].reachable !== this.#snapshot[area].reachable)
    for (const area of areas) {
      const { reachable, reason } = this.#snapshot[area]
      this.#logger.info('network state changed', { area, reachable, reason })
    }
    this.#listeners.announce(this.#snapshot, before, areas, this.#isKnown())
  }

  /** Whether there is a verdict on everything that we have targets for. */
  #isKnown(): boolean {
    return this.#settings.targets.every((target) => this.#snapshot[target.kind].reachable !== null)
  }

  #mustBeOpen(operation: string): void {
    if (!this.#isOpen) throw new LegacyNetworkError('NOT_OPEN', operation, `${operation}: the service is not open`)
  }
}
