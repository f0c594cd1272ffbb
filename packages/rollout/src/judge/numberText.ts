import type { Language } from '@gradvis/kernel'

/** Three significant digits, or a whole number from 100 on: `0,305` and `12 000` in Swedish, `0.305` and `12,000` in English. */
export function numberText(value: number, language: Language): string {
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '–'
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(Number(value.toPrecision(3)).toFixed(6))
  const [whole = '', fraction] = String(rounded).split('.')
  const { group, decimal } = SEPARATORS[language]
  // From five digits on, as Swedish has it: 1000, 10 000.
  const grouped = whole.length > 4 ? whole.replace(/\B(?=(?:\d{3})+$)/g, group) : whole
  return fraction === undefined ? grouped : `${grouped}${decimal}${fraction}`
}

/** A share from 0 to 1: `0,5 %` in Swedish, `0.5%` in English. */
export function percentText(share: number, language: Language): string {
  return `${numberText(share * 100, language)}${language === 'sv' ? ' %' : '%'}`
}

const SEPARATORS = {
  sv: { group: ' ', decimal: ',' },
  en: { group: ',', decimal: '.' },
} as const satisfies Record<Language, unknown>
