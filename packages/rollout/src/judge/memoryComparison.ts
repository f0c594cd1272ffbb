import type { ServiceEvidence } from '../evidence/Evidence.ts'
import { memoryTrend, type MemoryTrend, trendOf } from './memoryTrend.ts'

/** The migrated side's trend, and how the same amount goes on the legacy side; undefined where too little is known. */
export type MemoryComparison = MemoryTrend & Readonly<{ legacyBytesPerHour: number | undefined }>

export function memoryComparison({ migrated, legacy }: ServiceEvidence['memory']): MemoryComparison {
  const trend = memoryTrend(migrated)
  const beside = trendOf(legacy.series[trend.source], trend.source)
  return { ...trend, legacyBytesPerHour: beside.enough ? beside.bytesPerHour : undefined }
}
