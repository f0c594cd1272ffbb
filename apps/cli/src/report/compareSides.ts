import { IMPLEMENTATIONS, type Implementation } from '@gradvis/kernel'
import { LatencySketch, type ObservationWindow, type OperationWindow } from '@gradvis/rollout'

import type { Span } from './sharedSpans.ts'

/** What one side did with one operation. Times in milliseconds, of calls that went well while both sides served. */
export type OperationSide = Readonly<{
  operations: number
  faults: number
  rescued: number
  refused: number
  errorRate: number | null
  meanMs: number | null
  p95Ms: number | null
}>

export type OperationComparison = Readonly<{
  operation: string
  legacy: OperationSide
  migrated: OperationSide
  /** Migrated over legacy; null where one of them has no time. */
  meanRatio: number | null
  p95Ratio: number | null
}>

export type Comparison = Readonly<{
  operations: readonly OperationComparison[]
  /** Faults by code, the most frequent of migrated first. */
  faults: readonly Readonly<{ code: string; legacy: number; migrated: number }>[]
  /** The largest sum over instances that were reported for the same moment; null where nobody reports it. */
  heldBytes: Readonly<Record<Implementation, number | null>>
}>

/** Adds windows of one service up, side by side: counts of all of them, response times only of those within `shared`. */
export function compareSides(windows: readonly ObservationWindow[], shared: readonly Span[]): Comparison {
  const bySide = {
    legacy: windows.filter(({ implementation }) => implementation === 'legacy'),
    migrated: windows.filter(({ implementation }) => implementation === 'migrated'),
  }
  const names = [...new Set(windows.flatMap(({ operations }) => Object.keys(operations)))].toSorted()
  return {
    operations: names.map((operation) => compareOperation(operation, bySide, shared)),
    faults: faultsOf(bySide),
    heldBytes: { legacy: peakOf(bySide.legacy), migrated: peakOf(bySide.migrated) },
  }
}

type BySide = Readonly<Record<Implementation, readonly ObservationWindow[]>>

function compareOperation(operation: string, bySide: BySide, shared: readonly Span[]): OperationComparison {
  const of = (windows: readonly ObservationWindow[]) =>
    windows.flatMap(({ operations }) => (Object.hasOwn(operations, operation) ? [operations[operation]] : []))
  const [legacy, migrated] = IMPLEMENTATIONS.map((side) =>
    sideOf(of(bySide[side]), of(bySide[side].filter((window) => isWithin(window, shared)))),
  ) as [OperationSide, OperationSide]
  return {
    operation,
    legacy,
    migrated,
    meanRatio: ratioOf(migrated.meanMs, legacy.meanMs),
    p95Ratio: ratioOf(migrated.p95Ms, legacy.p95Ms),
  }
}

function isWithin({ startMs, endMs }: ObservationWindow, spans: readonly Span[]): boolean {
  return spans.some(({ fromMs, toMs }) => startMs >= fromMs && endMs <= toMs)
}

function sideOf(
  windows: readonly (OperationWindow | undefined)[],
  timed: readonly (OperationWindow | undefined)[],
): OperationSide {
  const sum = (key: 'operations' | 'faults' | 'rescued' | 'refused') =>
    windows.reduce((total, window) => total + (window?.[key] ?? 0), 0)
  const sketch = timed
    .flatMap((window) => LatencySketch.fromJSON(window?.latency) ?? [])
    .reduce((all, one) => all.merge(one), new LatencySketch())
  const [operations, faults] = [sum('operations'), sum('faults')]
  return {
    operations,
    faults,
    rescued: sum('rescued'),
    refused: sum('refused'),
    errorRate: operations === 0 ? null : faults / operations,
    meanMs: sketch.meanMs ?? null,
    p95Ms: sketch.quantile(0.95) ?? null,
  }
}

function ratioOf(migrated: number | null, legacy: number | null): number | null {
  return migrated === null || legacy === null || legacy === 0 ? null : migrated / legacy
}

function faultsOf(bySide: BySide): Comparison['faults'] {
  const [legacy, migrated] = IMPLEMENTATIONS.map((side) => codesOf(bySide[side])) as [
    ReadonlyMap<string, number>,
    ReadonlyMap<string, number>,
  ]
  return [...new Set([...migrated.keys(), ...legacy.keys()])]
    .map((code) => ({ code, legacy: legacy.get(code) ?? 0, migrated: migrated.get(code) ?? 0 }))
    .toSorted((one, other) => other.migrated - one.migrated || other.legacy - one.legacy)
}

function codesOf(windows: readonly ObservationWindow[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const { codes } of windows.flatMap(({ operations }) => Object.values(operations)))
    for (const [code, count] of Object.entries(codes)) counts.set(code, (counts.get(code) ?? 0) + count)
  return counts
}

function peakOf(windows: readonly ObservationWindow[]): number | null {
  const byMoment = new Map<number, number>()
  for (const { heldBytes, endMs } of windows)
    if (heldBytes !== undefined) byMoment.set(endMs, (byMoment.get(endMs) ?? 0) + heldBytes)
  return byMoment.size === 0 ? null : [...byMoment.values()].reduce((most, one) => Math.max(most, one))
}
