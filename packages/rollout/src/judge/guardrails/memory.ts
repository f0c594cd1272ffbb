import { memoryText } from '../memoryText.ts'
import type { ReadGuardrail } from './GuardrailReading.ts'
import { noData } from './noData.ts'

/** Breached while what the migrated side holds, or the heap that is attributed to it, keeps growing. */
export const memory: ReadGuardrail<'memory-growth'> = ({ memory: growth }) => {
  const { sv, en } = memoryText(growth)
  const text = { sv: `Den migrerade sidans minne: ${sv}.`, en: `Memory of the migrated side: ${en}.` }
  if (!growth?.enough) return noData(text)
  return {
    outcome: growth.growing ? 'breached' : 'ok',
    value: growth.bytesPerHour,
    limit: growth.limitBytesPerHour,
    unit: 'bytes/h',
    text,
  }
}
