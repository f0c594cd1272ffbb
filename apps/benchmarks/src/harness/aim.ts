import type { Aim, AimOperator } from '../SuiteResult.ts'

const HOLDS = {
  '<=': (value, limit) => value <= limit,
  '>=': (value, limit) => value >= limit,
  '==': (value, limit) => value === limit,
} satisfies Record<AimOperator, (value: number, limit: number) => boolean>

/** An aim and whether the measured value, unrounded, reaches it. A value that is no number is an error, not a miss. */
export function aim(name: string, value: number, op: AimOperator, limit: number): Aim {
  if (!Number.isFinite(value)) throw new RangeError(`${name}: measured ${value}, which is no number to judge`)
  return { name, value, op, limit, met: HOLDS[op](value, limit) }
}

/** The value with as few digits as show which side of the limit it is on. */
export function aimValueText({ value, op, limit, met }: Aim): string {
  for (let digits = 3; digits <= 17; digits += 1) {
    const rounded = Number(value.toPrecision(digits))
    // The largest numbers round up to Infinity.
    if (Number.isFinite(rounded) && HOLDS[op](rounded, limit) === met) return String(rounded)
  }
  return String(value)
}
