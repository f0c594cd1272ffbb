import type { LocalizedText, Language } from '@gradvis/kernel'

import type { MemorySource } from '../evidence/MemoryEvidence.ts'
import type { MemoryComparison } from './memoryComparison.ts'
import { MINIMUM_POINTS } from './memoryGrowth.ts'
import { numberText } from './numberText.ts'

/** Which amount of the migrated side grows or does not, by how much and against legacy, as part of a sentence. */
export function memoryText(memory: MemoryComparison | undefined): LocalizedText {
  if (!memory?.enough) {
    const points = memory?.points ?? 0
    return {
      sv: `${points} av minst ${MINIMUM_POINTS} mätpunkter`,
      en: `${points} of at least ${MINIMUM_POINTS} measurements`,
    }
  }
  const { sv, en } = SOURCES[memory.source]
  return memory.growing
    ? {
        sv: `${sv} växer utan att plana ut, ${rates(memory, 'sv')}`,
        en: `${en} grows with no plateau, ${rates(memory, 'en')}`,
      }
    : {
        sv: `${sv} växer inte varaktigt, ${rates(memory, 'sv')}`,
        en: `${en} does not keep growing, ${rates(memory, 'en')}`,
      }
}

const SOURCES = {
  heldBytes: { sv: 'det som tjänsten håller', en: 'what the service holds' },
  sampledHeapBytes: { sv: 'samplat heapminne', en: 'sampled heap' },
} as const satisfies Record<MemorySource, LocalizedText>

function rates({ bytesPerHour, legacyBytesPerHour, growing, pValue }: MemoryComparison, language: Language): string {
  const chance = growing ? [`p ${pValue < 0.001 ? '<' : '='} ${numberText(Math.max(0.001, pValue), language)}`] : []
  const legacy = legacyBytesPerHour === undefined ? [] : [`legacy ${rate(legacyBytesPerHour, language)}`]
  return [rate(bytesPerHour, language), ...legacy, ...chance].join(', ')
}

function rate(bytesPerHour: number, language: Language): string {
  return `${numberText(bytesPerHour / 2 ** 20, language)} MiB/h`
}
