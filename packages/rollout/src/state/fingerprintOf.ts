import { hashPrefix, murmur3, parsePlan, type PlanData } from '@gradvis/feature-flags'

/**
 * Tells two plans apart that claim to be the same revision: equal for plans that mean the same, however they are
 * written. It guards against mistakes, not against somebody who wants two plans to look alike.
 */
export function fingerprintOf(plan: PlanData): string {
  const text = JSON.stringify(sorted(parsePlan(plan)))
  return ['a', 'b', 'c', 'd'].map((salt) => hex(murmur3(hashPrefix(salt), text))).join('')
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => [key, sorted(inner)] as const)
  return Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

function hex(hash: number): string {
  return (hash >>> 0).toString(16).padStart(8, '0')
}
