const DECIMAL = new Intl.NumberFormat('sv', { maximumFractionDigits: 2, minimumFractionDigits: 2 })
const PERCENT = new Intl.NumberFormat('sv', { style: 'percent', maximumFractionDigits: 1, minimumFractionDigits: 1 })

export function decimal(value: number): string {
  return Number.isNaN(value) ? 'ej mätt' : DECIMAL.format(value)
}

export function percent(share: number): string {
  return PERCENT.format(share)
}
