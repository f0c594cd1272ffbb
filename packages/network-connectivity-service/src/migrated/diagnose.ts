import type { Clock } from '@gradvis/kernel'

import { adviceFor } from '../adviceFor.ts'
import type { EndpointCheck } from '../BackendCheck.ts'
import type { Diagnosis, LayerFinding } from '../Diagnosis.ts'
import { FAILURE_LAYERS, type FailureCode } from '../FailureCode.ts'
import { type Layer, LAYERS } from '../Layer.ts'
import type { ParsedOptions } from './parseOptions.ts'
import { probeAll } from './probeAll.ts'
import { type Link, readLink } from './readLink.ts'

/** A machine without link or address is told so at once; otherwise every endpoint is probed under one deadline. */
export async function diagnose(options: ParsedOptions, clock: Clock, signal: AbortSignal): Promise<Diagnosis> {
  const startedAt = new Date(clock.now()).toISOString()
  const startedMs = clock.monotonicMs()
  const link = readLink(options)
  const linkMs = clock.monotonicMs() - startedMs
  const endpoints = link.failure ? [] : await probeAll(options, clock, options.diagnosisDeadlineMs, signal)
  const layers = LAYERS.map((layer) => linkFinding(layer, link, linkMs) ?? probeFinding(layer, endpoints))
  const first = layers.find((finding) => finding.outcome === 'failed')
  const verdict = first ? 'failed' : endpoints.length > 0 ? 'ok' : 'unknown'
  return {
    startedAt,
    durationMs: clock.monotonicMs() - startedMs,
    verdict,
    firstFailingLayer: first?.layer ?? null,
    code: first?.code ?? null,
    recommendation: first?.recommendation ?? adviceFor(verdict === 'ok' ? 'all_well' : 'nothing_to_probe'),
    layers,
    endpoints,
  }
}

function linkFinding(layer: Layer, { failure, evidence }: Link, durationMs: number): LayerFinding | undefined {
  if (layer !== 'interface' && layer !== 'address') return undefined
  const isReached = failure !== undefined && (layer === 'interface' || failure !== 'no_interface')
  if (!isReached) return findingOf(layer, 'skipped', 0, [])
  return findingOf(layer, failure && FAILURE_LAYERS[failure] === layer ? failure : 'ok', durationMs, [evidence])
}

function probeFinding(layer: Layer, endpoints: readonly EndpointCheck[]): LayerFinding {
  const tried = endpoints.flatMap((check) => {
    const step = check.steps.find((one) => one.layer === layer)
    return step ? [{ check, step }] : []
  })
  if (tried.length === 0) return findingOf(layer, 'skipped', 0, [])
  const failed = tried.find(({ step }) => !step.ok)
  const durationMs = Math.max(...tried.map(({ step }) => step.durationMs))
  const evidence = tried.map(({ check, step }) => `${check.endpoint}: ${step.evidence}`)
  return findingOf(layer, failed?.check.errorCode ?? 'ok', durationMs, evidence)
}

function findingOf(
  layer: Layer,
  outcome: 'ok' | 'skipped' | FailureCode,
  durationMs: number,
  evidence: string[],
): LayerFinding {
  if (outcome === 'ok' || outcome === 'skipped')
    return { layer, outcome, durationMs, evidence, code: null, recommendation: adviceFor(`layer_${outcome}`) }
  return { layer, outcome: 'failed', durationMs, evidence, code: outcome, recommendation: adviceFor(outcome) }
}
