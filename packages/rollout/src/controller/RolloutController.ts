import { parsePlan, type PlanData } from '@gradvis/feature-flags'
import type { Clock, Disposer, Logger } from '@gradvis/kernel'

import type { Evidence } from '../evidence/Evidence.ts'
import { judge } from '../judge/judge.ts'
import type { Verdict } from '../judge/Verdict.ts'
import { rolloutErrors } from '../rolloutErrors.ts'
import type { Command } from '../state/Command.ts'
import { eventsOfVerdicts } from '../state/eventsOfVerdicts.ts'
import { isSequenceConflict } from '../state/isSequenceConflict.ts'
import type { NewEvent, StoredEvent } from '../state/RolloutEvent.ts'
import type { RolloutStatus } from '../state/RolloutStatus.ts'
import { codeOf } from './codeOf.ts'
import { EvidenceReader } from './EvidenceReader.ts'
import { type Executed, executeCommand } from './executeCommand.ts'
import { Leadership } from './Leadership.ts'
import type { Notifier } from './Notifier.ts'
import { OperatorNews } from './OperatorNews.ts'
import { planStandingOf } from './planStandingOf.ts'
import type { Probe } from './Probe.ts'
import { ProbeRunner, type ProbeReportDue } from './ProbeRunner.ts'
import { RolloutFollower } from './RolloutFollower.ts'
import type { RolloutStore } from './RolloutStore.ts'
import { WindowBuffer } from './WindowBuffer.ts'
import type { WindowRecorder } from './WindowRecorder.ts'

const TICK_MS = 10_000
const COMPACT_EVERY_MS = 600_000

export type ControllerOptions = Readonly<{
  store: RolloutStore
  plan: PlanData
  clock: Clock
  logger: Logger
  /** Uniform in [0, 1), for jitter. */
  random: () => number
  /** Names this instance in the log and in its windows. Unique among all instances; no personal data. */
  instance: string
  recorder: WindowRecorder
  probes?: readonly Probe[]
  notifier?: Notifier
  /** Synchronous, after every change: from the next decision on it counts. */
  onStatus?: (status: RolloutStatus) => void
  /** How often windows are written and everything is judged. Default 10,000. */
  tickMs?: number
  pollMs?: number
  probeIntervalMs?: number
}>

/**
 * Runs a rollout, inside any instance of the application and on as many as there are. Each writes what it observed and
 * follows the log. One of them, at any time, leads: it reads what all have observed, judges, runs probes, and appends what
 * follows. Should two lead, or an operator interfere, whoever appends first wins; the other finds that somebody was faster,
 * and judges again. Everything that counts is in the store, so any of them may die at any time: within three ticks
 * another one leads.
 *
 * An instance whose plan is not the adopted one (an older revision, or another plan of the same revision) judges for
 * protection only: it takes services back, and never moves them on.
 */
export class RolloutController {
  readonly #options: ControllerOptions
  readonly #follower: RolloutFollower
  readonly #buffer: WindowBuffer
  readonly #probes: ProbeRunner
  readonly #actor: string
  readonly #observed: EvidenceReader
  #verdicts: readonly Verdict[] = []
  readonly #leadership: Leadership
  readonly #news: OperatorNews
  #standing: ReturnType<typeof planStandingOf> | undefined
  #ticking: Promise<void> = Promise.resolve()
  #timer: Disposer | undefined
  #compactedMs: number
  #compacting: Promise<void> | undefined
  readonly #stopped = new AbortController()

  constructor(options: ControllerOptions) {
    const { store, clock, logger, random, instance, tickMs = TICK_MS, probes = [] } = options
    const { pollMs, onStatus, probeIntervalMs, notifier } = options
    // A plan that is wrong stops the start, before anything was read or written.
    parsePlan(options.plan)
    if (!/^[!-~]{1,100}$/.test(instance)) throw rolloutErrors.create('invalid_instance', {})
    this.#options = options
    this.#actor = `engine@${instance}`
    this.#follower = new RolloutFollower({ store, clock, logger, random, pollMs, onStatus })
    this.#buffer = new WindowBuffer(store)
    this.#observed = new EvidenceReader(store)
    this.#leadership = new Leadership({ store, instance, tickMs, random })
    this.#news = new OperatorNews(store, clock, notifier)
    this.#probes = new ProbeRunner({ probes, clock, logger, intervalMs: probeIntervalMs })
    this.#compactedMs = clock.now()
  }

  get status(): RolloutStatus {
    return this.#follower.status
  }

  /** Epoch milliseconds since when the store has been away; undefined while it is there. */
  get staleSinceMs(): number | undefined {
    return this.#follower.staleSinceMs
  }

  /** Of the last tick; empty on an instance that does not lead. */
  get verdicts(): readonly Verdict[] {
    return this.#verdicts
  }

  /** What all instances have observed in each service's current phase, as of the last tick; empty where not leading. */
  get evidence(): Evidence {
    return this.#observed.evidence
  }

  /** Resolves when the store was read, or is known to be away. From then on everything runs by itself. */
  async start(): Promise<void> {
    await this.#follower.start()
    await this.tick()
  }

  /** Writes what was observed, reads, judges and acts, once. Never rejects. Ticks never overlap. */
  tick(): Promise<void> {
    this.#timer?.()
    this.#ticking = this.#ticking.then(() => this.#tick())
    return this.#ticking
  }

  /** On behalf of an operator; effective in this process when it resolves. Rejects with why it is refused. */
  async execute(command: Command, by: Readonly<{ actor: string; reason?: string }>): Promise<Executed> {
    const { store, clock } = this.#options
    const executed = await executeCommand(store, command, { ...by, clock, from: this.status })
    this.#follower.catchUp(executed.status)
    // Whoever leads tells the world, at its next tick.
    return executed
  }

  /** Waits for what is being done, and hands the last observations to the store if it is there. */
  async stop(): Promise<void> {
    if (this.#stopped.signal.aborted) return
    this.#stopped.abort()
    this.#timer?.()
    await this.#probes.stop()
    await this.#ticking
    await this.#compacting
    this.#follower.stop()
    await this.#flush()
    // After the last observations, so that who leads next knows them.
    await this.#leadership.giveUp().catch(() => {})
  }

  async #tick(): Promise<void> {
    if (this.#stopped.signal.aborted) return
    try {
      await this.#flush()
      await this.#follower.sync()
      await this.#adopt()
      if (await this.#leadership.ask(this.#standing?.kind === 'adopted')) await this.#lead()
      else this.#forget()
    } catch (error) {
      this.#options.logger.warn('rollout tick failed, trying again at the next one', { code: codeOf(error) })
    }
    this.#scheduleTick()
  }

  async #lead(): Promise<void> {
    const isRead = await this.#observe()
    await this.#act({ mayMoveOn: isRead && this.#standing?.kind === 'adopted' })
    await this.#news.tell(this.status.sequence)
    this.#probes.runDue(this.status, (due) => this.#reportProbe(due))
    this.#compactIfDue()
  }

  /** What is not kept up to date must not be there when this instance leads again. */
  #forget(): void {
    this.#observed.forget()
    this.#verdicts = []
    this.#news.stop()
  }

  /** What cannot be written now is kept, and keeps nobody from judging what others have written. */
  async #flush(): Promise<void> {
    this.#buffer.add(this.#options.recorder.close())
    try {
      await this.#buffer.flush()
    } catch (error) {
      this.#options.logger.warn('observations could not be written, keeping them', { code: codeOf(error) })
    }
  }

  async #adopt(): Promise<void> {
    const { plan, logger } = this.#options
    if (planStandingOf(plan, this.status).kind === 'newer') await this.#adoptOwn()
    const standing = planStandingOf(plan, this.status)
    // Said once, not at every tick.
    if ('error' in standing && this.#standing?.kind !== standing.kind)
      logger.error('this instance has another plan than the rollout', {
        code: standing.error.code,
        ...standing.error.params,
      })
    this.#standing = standing
  }

  async #adoptOwn(): Promise<void> {
    const { store, plan, clock, notifier } = this.#options
    const command = { type: 'adopt-plan', plan } as const
    try {
      const executed = await executeCommand(store, command, { actor: this.#actor, clock, from: this.status })
      this.#follower.catchUp(executed.status)
      for (const event of executed.events) notifier?.notify(event)
    } catch (error) {
      // Another instance has adopted the same plan, or a newer one, at the same time.
      if (codeOf(error) !== 'rollout.plan_not_newer') throw error
      await this.#follower.sync()
    }
  }

  /** False when observations could not be read: what is known is still good enough to go back by, but not to move on. */
  async #observe(): Promise<boolean> {
    const status = this.status
    try {
      await this.#observed.read(status)
    } catch (error) {
      this.#options.logger.error('observations could not be read: nothing moves on', { code: codeOf(error) })
      return false
    }
    // What was read by an old status may belong to the new one: it is read again.
    if (status !== this.status) this.#observed.rewind()
    return true
  }

  async #act({ mayMoveOn }: Readonly<{ mayMoveOn: boolean }>): Promise<void> {
    const { clock } = this.#options
    for (;;) {
      const at = clock.now()
      const verdicts = judge({ status: this.status, evidence: this.evidence, now: at })
      this.#verdicts = verdicts
      const allowed = mayMoveOn ? verdicts : verdicts.filter(({ action }) => PROTECTIVE.has(action))
      const events = eventsOfVerdicts(this.status, allowed, { actor: this.#actor, at })
      if (events.length === 0 || (await this.#append(events))) return
      await this.#follower.sync()
      this.#observed.follow(this.status)
    }
  }

  /** False when somebody else was faster. */
  async #append(events: readonly NewEvent[]): Promise<boolean> {
    let stored: readonly StoredEvent[]
    try {
      stored = await this.#options.store.append(events, this.status.sequence)
    } catch (error) {
      if (isSequenceConflict(error)) return false
      throw error
    }
    this.#follower.apply(stored)
    for (const event of stored) this.#options.notifier?.notify(event)
    return true
  }

  async #reportProbe({ probe, result }: ProbeReportDue): Promise<void> {
    const { service, id } = probe
    for (;;) {
      await this.#follower.sync()
      const at = this.#options.clock.now()
      const event = { type: 'probe_reported', service, probe: id, ...result } as const
      if (await this.#append([{ at, actor: this.#actor, event }])) return
    }
  }

  /** Beside the ticks: for a large fleet it takes longer than one of them, and judging must not wait for it. */
  #compactIfDue(): void {
    const now = this.#options.clock.now()
    if (this.#compacting !== undefined || Math.abs(now - this.#compactedMs) < COMPACT_EVERY_MS) return
    this.#compactedMs = now
    this.#compacting = this.#compact(now).finally(() => (this.#compacting = undefined))
  }

  async #compact(now: number): Promise<void> {
    const { store, logger } = this.#options
    const { signal } = this.#stopped
    try {
      await store.compact(now, signal)
    } catch (error) {
      if (!signal.aborted) logger.warn('rolling up windows failed, trying again later', { code: codeOf(error) })
    }
  }

  /** On the grid of the wall clock, so that the windows of all instances cover the same time. */
  #scheduleTick(): void {
    const { clock, tickMs = TICK_MS } = this.#options
    if (this.#stopped.signal.aborted) return
    const delayMs = tickMs - (clock.now() % tickMs)
    this.#timer = clock.schedule(delayMs, () => void this.tick())
  }
}

const PROTECTIVE: ReadonlySet<Verdict['action']> = new Set(['rollback', 'pause'])
