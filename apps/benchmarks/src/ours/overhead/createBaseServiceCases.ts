import type { OperationPolicy, ServiceContext } from '@gradvis/base-service'
import { type Clock, silentLogger } from '@gradvis/kernel'
import type { AuditTrail } from '@gradvis/privacy'

import type { AsyncCase } from '../../harness/Case.ts'
import { CountingObserver } from '../CountingObserver.ts'
import { MemoryTrail } from './MemoryTrail.ts'
import { type Note, noteCase } from './note.ts'
import { NoteService } from './NoteService.ts'

const GUARDED = { timeoutMs: 1_000, maxAttempts: 3, breaker: 'depot' } satisfies OperationPolicy

export const OURS = {
  plain: 'BaseService: validation, observation',
  guarded: 'BaseService: and time-out, retry, breaker',
  signalled: 'BaseService: and a caller’s signal',
  all: 'BaseService: and total time-out, bulkhead, coalescing',
  cached: 'BaseService: answer from the cache',
  trailOff: 'BaseService: sensitive, no trail',
  audited: 'BaseService: audit, kept in memory',
  chained: 'BaseService: audit, hash-chained in memory',
} as const

type Made = Readonly<{ cases: readonly AsyncCase[]; stop: () => Promise<void> }>

/** Services of their own for each case. Every one validates and records each call. */
export async function createBaseServiceCases(clock: Clock, chained: AuditTrail): Promise<Made> {
  const services: NoteService[] = []
  const context: ServiceContext = {
    implementation: 'migrated',
    clock,
    logger: silentLogger,
    observer: new CountingObserver(),
    random: Math.random,
  }
  const started = async (policy: OperationPolicy<Note>, audit?: AuditTrail) => {
    const service = new NoteService({ ...context, audit }, policy)
    await service.start()
    services.push(service)
    return service
  }
  const asked = async (name: string, policy: OperationPolicy<Note>) => noteCase(name, (await started(policy)).echo)
  const audited = async (name: string, trail?: AuditTrail) => noteCase(name, (await started(GUARDED, trail)).audited)
  const { signal } = new AbortController()
  const guarded = await started(GUARDED)
  const whole = { ...GUARDED, totalTimeoutMs: 5_000, bulkhead: { concurrent: 8, queued: 8 }, coalesce: true }
  const cases = [
    await asked(OURS.plain, {}),
    await asked(OURS.guarded, GUARDED),
    noteCase(OURS.signalled, (note: Note) => guarded.echo(note, { signal })),
    await asked(OURS.all, whole),
    await asked(OURS.cached, { ...whole, cache: { ttlMs: 3_600_000, tags: ['notes'] } }),
    await audited(OURS.trailOff),
    await audited(OURS.audited, new MemoryTrail()),
    await audited(OURS.chained, chained),
  ]
  return { cases, stop: async () => void (await Promise.all(services.map((service) => service.stop()))) }
}
