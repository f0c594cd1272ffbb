import { Diagnosis } from '../Diagnosis.ts'
import { LAYERS, PROBE_LAYERS } from '../Layer.ts'

/** What the report is compared with: what was asked, and what a watch beside it showed. */
export type Asked = Readonly<{ endpoints: readonly string[]; limitMs: number; tookMs: number; beganAtMs: number }>

/** A watch that is read a little later than the report's own shows a little more. */
const WATCH_TOLERANCE_MS = 1

/** What is wrong with a report, by the contract and in itself. Empty: nothing. */
export function reportFaults(report: unknown, asked: Asked): readonly string[] {
  const parsed = Diagnosis.safeParse(report)
  if (!parsed.success) return ['not by the contract']
  const faults = [...wholeFaults(parsed.data), ...timeFaults(parsed.data, asked), ...endpointFaults(parsed.data, asked)]
  return [...new Set(faults)]
}

function wholeFaults({ layers, verdict, firstFailingLayer, code, recommendation }: Diagnosis): readonly string[] {
  const failed = layers.find(({ outcome }) => outcome === 'failed')
  const texts = [recommendation, ...layers.map((finding) => finding.recommendation)]
  return [
    ...(sameList(
      layers.map(({ layer }) => layer),
      LAYERS,
    )
      ? []
      : ['layers out of order or missing']),
    ...((failed?.layer ?? null) === firstFailingLayer ? [] : ['not the first failing layer']),
    ...((failed?.code ?? null) === code ? [] : ['not the cause of the first failing layer']),
    ...((verdict === 'failed') === (failed !== undefined) ? [] : ['a verdict that no layer explains']),
    ...(layers.every((one) => (one.outcome === 'failed') === (one.code !== null)) ? [] : ['a failure without cause']),
    ...(texts.every(({ sv, en }) => sv !== '' && en !== '' && sv !== en) ? [] : ['advice not in both languages']),
  ]
}

function timeFaults(report: Diagnosis, { limitMs, tookMs, beganAtMs }: Asked): readonly string[] {
  const { durationMs, layers, endpoints } = report
  const startedAtMs = Date.parse(report.startedAt)
  const longest = Math.max(0, ...layers.map((one) => one.durationMs), ...endpoints.map((one) => one.durationMs))
  return [
    ...(tookMs <= limitMs && durationMs <= limitMs ? [] : ['later than the deadline']),
    ...(durationMs <= tookMs + WATCH_TOLERANCE_MS ? [] : ['a duration longer than it took']),
    ...(longest <= durationMs + WATCH_TOLERANCE_MS ? [] : ['a part longer than the whole']),
    // Wall clock and watch may drift apart by a little.
    ...(startedAtMs >= beganAtMs - 50 && startedAtMs <= beganAtMs + tookMs + 50 ? [] : ['a wrong time of start']),
  ]
}

function endpointFaults({ endpoints, layers }: Diagnosis, asked: Asked): readonly string[] {
  const isCutShort = layers.some(({ layer, outcome }) => isLocal(layer) && outcome === 'failed')
  const expected = isCutShort ? [] : asked.endpoints
  const isOrdered = (steps: readonly { layer: (typeof PROBE_LAYERS)[number] }[]) =>
    steps.every(({ layer }, index) => index === 0 || rank(layer) > rank(steps[index - 1]?.layer))
  return [
    ...(sameList(
      endpoints.map(({ endpoint }) => endpoint),
      expected,
    )
      ? []
      : ['endpoints out of order or missing']),
    ...(endpoints.every(({ steps }) => isOrdered(steps)) ? [] : ['steps out of order']),
    ...(endpoints.every(({ steps }) => steps.slice(0, -1).every(({ ok }) => ok)) ? [] : ['a step after a failed one']),
    ...(endpoints.every((one) => one.reachable === (one.errorCode === null)) ? [] : ['an endpoint without cause']),
    ...(endpoints.every((one) => one.reachable === (one.steps.at(-1)?.ok ?? false)) ? [] : ['steps that do not fit']),
  ]
}

function isLocal(layer: (typeof LAYERS)[number]): boolean {
  return layer === 'interface' || layer === 'address'
}

function rank(layer: (typeof PROBE_LAYERS)[number] | undefined): number {
  return layer === undefined ? -1 : PROBE_LAYERS.indexOf(layer)
}

function sameList(actual: readonly string[], expected: readonly string[]): boolean {
  return actual.join('\n') === expected.join('\n')
}
