import { aim } from '../harness/aim.ts'
import { describeMachine } from '../harness/describeMachine.ts'
import { measure } from '../harness/measure.ts'
import { NetworkWatch } from '../harness/NetworkWatch.ts'
import { paceOf } from '../harness/paceOf.ts'
import { CountingObserver } from '../ours/CountingObserver.ts'
import { createBaseServiceCases, OURS } from '../ours/overhead/createBaseServiceCases.ts'
import { createChainedTrail } from '../ours/overhead/createChainedTrail.ts'
import { bareEcho, noteCase, notes } from '../ours/overhead/note.ts'
import { createHandMadeCases, HAND_MADE } from '../rivals/handMadeStack.ts'
import type { Suite } from '../Suite.ts'

const BARE = 'bare function'

/** What BaseService costs a call, beside the bare function and beside the same features glued by hand. */
export const overheadSuite: Suite = async (options) => {
  using network = new NetworkWatch()
  const trail = createChainedTrail(options.clock)
  const ours = await createBaseServiceCases(options.clock, trail)
  const byHand = createHandMadeCases(options.clock, new CountingObserver())
  const measured = await measure([noteCase(BARE, bareEcho), ...ours.cases, ...byHand], {
    ...paceOf(options),
    inputCount: notes.length,
  })
  await ours.stop()
  await trail.close()
  network.expectNone()

  const names = [...Object.values(OURS), ...Object.values(HAND_MADE)]
  return {
    suite: 'overhead',
    aims: [
      aim('base_service_overhead_us', measured.differenceNs(OURS.guarded, BARE) / 1_000, '<=', 2),
      aim('hand_made_stack_vs_base_service', measured.ratio(HAND_MADE.guarded, OURS.guarded), '>=', 1),
    ],
    detail: {
      measurements: measured.rows(),
      ratios: [
        ...measured.ratios(names, BARE),
        ...measured.ratios([HAND_MADE.plain], OURS.plain),
        ...measured.ratios([HAND_MADE.guarded], OURS.guarded),
        ...measured.ratios([HAND_MADE.cached], OURS.cached),
      ],
      notes: [
        `base_service_overhead_us is the median of the differences, within each round, of "${OURS.guarded}" to "${BARE}": input and output validated by zod, an observation recorded, every attempt with a time-out, under retry and a circuit breaker, audit off. overheadNs has the differences of all cases.`,
        'The bare function is asynchronous and returns what it is given. Calls are awaited one after another, on inputs that cycle; nothing fails, nothing waits.',
        'By hand: what a team writes for one method with the same libraries: zod, cockatiel’s policies wrapped once, lru-cache, an observation to the same observer. It has no lifecycle, no error mapping, no cancellation, no count of bytes and no keyed hash of cache keys; BaseService has all of them in every case.',
        `"${OURS.audited}" keeps the record as it is; "${OURS.chained}" is the real trail on a log without a disk: each awaited call waits for its own write, which calls at the same time would share.`,
      ],
      overheadNs: Object.fromEntries(names.map((name) => [name, measured.differenceNs(name, BARE)])),
      quick: options.quick,
      machine: describeMachine(),
    },
  }
}
