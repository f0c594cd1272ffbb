import type { Implementation } from '@gradvis/kernel'

import type { Targeting } from './Plan.ts'
import type { AttributeValue, Subject } from './Subject.ts'

/** Where a target group sends a subject; undefined when it is in none. */
export type TargetGroups = (subject: Subject) => Implementation | undefined

type Group = Targeting['allow']

/** Turns lists into sets. Undefined when no group names anybody, so that nothing is asked on the way of a call. */
export function compileTargeting(targeting: Targeting | undefined): TargetGroups | undefined {
  if (!targeting || (isEmpty(targeting.deny) && isEmpty(targeting.allow))) return undefined
  const [isDenied, isAllowed] = [compileGroup(targeting.deny), compileGroup(targeting.allow)]
  return (subject) => {
    if (isDenied(subject)) return 'legacy'
    return isAllowed(subject) ? 'migrated' : undefined
  }
}

function isEmpty({ keys, attributes }: Group): boolean {
  return keys.length === 0 && attributes.length === 0
}

function compileGroup(group: Group): (subject: Subject) => boolean {
  const keys = new Set(group.keys)
  const rules = group.attributes.map(({ attribute, anyOf }) => ({ attribute, anyOf: new Set<AttributeValue>(anyOf) }))
  return ({ targetingKey, attributes = {} }) =>
    (targetingKey !== undefined && keys.has(targetingKey)) ||
    rules.some(({ attribute, anyOf }) => {
      const value = Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined
      return value !== undefined && anyOf.has(value)
    })
}
