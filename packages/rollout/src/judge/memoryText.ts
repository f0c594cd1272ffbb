import type { LocalizedText, Language } from '@gradvis/kernel'

import { MINIMUM_POINTS, type MemoryGrowth } from './memoryGrowth.ts'
import { numberText } from './numberText.ts'

/** What is known of the memory that the migrated side holds, as part of a sentence. */
export function memoryText(memory: MemoryGrowth | undefined): LocalizedText {
  if (!memory?.enough) {
    const points = memory?.points ?? 0
    return {
      sv: `${points} av minst ${MINIMUM_POINTS} mätpunkter`,
      en: `${points} of at least ${MINIMUM_POINTS} measurements`,
    }
  }
  const [sv, en] = [rate(memory.bytesPerHour, 'sv'), rate(memory.bytesPerHour, 'en')]
  return memory.growing
    ? { sv: `minnet växer utan att plana ut, ${sv}`, en: `memory grows with no plateau, ${en}` }
    : { sv: `minnet växer inte varaktigt, ${sv}`, en: `memory does not keep growing, ${en}` }
}

function rate(bytesPerHour: number, language: Language): string {
  return `${numberText(bytesPerHour / 2 ** 20, language)} MiB/h`
}
