const DECIMAL = new Intl.NumberFormat('sv', { maximumFractionDigits: 2, minimumFractionDigits: 2 })
const PERCENT = new Intl.NumberFormat('sv', { style: 'percent', maximumFractionDigits: 1, minimumFractionDigits: 1 })

const WHOLE = new Intl.NumberFormat('sv', { maximumFractionDigits: 0 })
const THREE_DIGITS = new Intl.NumberFormat('sv', { maximumSignificantDigits: 3 })

export function whole(value: number): string {
  return WHOLE.format(value)
}

/** Three significant digits: what is measured in milliseconds spans microseconds to seconds. */
export function roughly(value: number): string {
  return THREE_DIGITS.format(value)
}

export function decimal(value: number): string {
  return Number.isNaN(value) ? 'ej mätt' : DECIMAL.format(value)
}

export function percent(share: number): string {
  return PERCENT.format(share)
}
