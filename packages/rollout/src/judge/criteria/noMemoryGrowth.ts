import { memoryText } from '../memoryText.ts'
import type { ReadCriterion } from './CriterionReading.ts'

/** Met when there are enough measurements, and neither what is held nor the sampled heap keeps growing. */
export const noMemoryGrowth: ReadCriterion<'no-memory-growth'> = ({ memory }) => {
  const text = memoryText(memory)
  if (!memory?.enough) return { outcome: 'missing', text }
  return {
    outcome: memory.growing ? 'unmet' : 'met',
    value: memory.bytesPerHour,
    limit: memory.limitBytesPerHour,
    unit: 'bytes/h',
    text,
  }
}
