import type { Implementation } from '@gradvis/kernel'
import {
  MEMORY_AMOUNTS,
  type MemoryAmount,
  memoryBySide,
  type MemoryTrend,
  type ServiceEvidence,
  type SideMemory,
} from '@gradvis/rollout'

/** In bytes, summed over the instances that write now; null for what none of them knows. */
export type MemoryReport = Readonly<Record<MemoryAmount, number | null>> &
  Readonly<{
    /** Since the percentage became what it is; null before there are enough measurements. */
    trend: MemoryTrend | null
    /** Personal data found in what the side emitted, by `channel:kind`, in the same time. */
    findings: Readonly<Record<string, number>>
  }>

export type MemoryReports = Readonly<Record<Implementation, MemoryReport>>

/** Null while no subject is led to the migrated side, and so nothing is gathered. */
export function memoryReports(evidence: ServiceEvidence | undefined): MemoryReports | null {
  if (evidence === undefined) return null
  const { legacy, migrated } = memoryBySide(evidence)
  const { findings } = evidence
  return { legacy: reportOf(legacy, findings.legacy), migrated: reportOf(migrated, findings.migrated) }
}

function reportOf(memory: SideMemory, findings: ReadonlyMap<string, number>): MemoryReport {
  const amounts = Object.fromEntries(MEMORY_AMOUNTS.map((name) => [name, memory[name] ?? null]))
  return {
    ...(amounts as Record<MemoryAmount, number | null>),
    trend: memory.trend.enough ? memory.trend : null,
    findings: Object.fromEntries(findings),
  }
}
