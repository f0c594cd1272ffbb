export type AttributeValue = string | number | boolean

/**
 * Whom a decision is for: OpenFeature's evaluation context. The key should be a pseudonym that never changes, since it
 * alone chooses the bucket; an empty one counts as none.
 */
export type Subject = Readonly<{
  targetingKey?: string
  attributes?: Readonly<Record<string, AttributeValue>>
}>
