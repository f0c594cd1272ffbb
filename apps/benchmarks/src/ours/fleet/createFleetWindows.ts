import { IMPLEMENTATIONS } from '@gradvis/kernel'
import { LatencySketch, type ObservationWindow, type OperationWindow, seededRandom } from '@gradvis/rollout'

/** What each service offers, as its contract names it. */
const OPERATIONS = {
  BackupService: ['createBackup', 'listBackups', 'verifyBackup', 'restoreBackup'],
  NetworkConnectivityService: ['getStatus', 'isOnline', 'checkBackend', 'diagnose'],
  WebRTCPeerService: ['joinRoom', 'getRoom', 'withdrawConsent'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/** Calls of one operation that one side of one instance serves in ten seconds: half a call per second at most. */
const MOST_CALLS = 5
const FAULT_SHARE = 0.002
/** Different enough, and made once: what is measured is not how fast a benchmark draws random numbers. */
const TEMPLATES = 64

/** The windows of one tick of a whole fleet, by instance, as its recorders would have closed them. */
export function createFleetWindows(instances: number, seed: number) {
  const random = seededRandom(seed)
  const templates = Array.from({ length: TEMPLATES }, () =>
    Object.entries(OPERATIONS).flatMap(([service, operations]) =>
      IMPLEMENTATIONS.map((implementation) => ({
        service,
        implementation,
        heldBytes: Math.round(1e6 * random()),
        operations: Object.fromEntries(operations.map((operation) => [operation, draw(random)])),
      })),
    ),
  )
  return (startMs: number, endMs: number): readonly (readonly ObservationWindow[])[] =>
    Array.from({ length: instances }, (_none, index) =>
      (templates[(index * 31 + startMs) % TEMPLATES] ?? []).map((template) =>
        Object.assign({ instance: `instance-${index}`, startMs, endMs }, template),
      ),
    )
}

function draw(random: () => number): OperationWindow {
  const sketch = new LatencySketch()
  const operations = 1 + Math.floor(random() * MOST_CALLS)
  let faults = 0
  for (let call = 0; call < operations; call += 1) {
    if (random() < FAULT_SHARE) faults += 1
    else sketch.record(20 * Math.exp(logNormal(random)))
  }
  const codes: Record<string, number> = faults > 0 ? { 'bench.fault': faults } : {}
  const latency = sketch.count > 0 ? { latency: sketch.toJSON() } : {}
  return { operations, faults, rescued: faults, refused: 0, cancelled: 0, cacheHits: 0, codes, ...latency }
}

/** Box and Muller, one of the pair. */
function logNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}
