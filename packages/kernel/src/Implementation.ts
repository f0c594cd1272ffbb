export const IMPLEMENTATIONS = ['legacy', 'migrated'] as const

/** The two sides that a service exists in while it is moved. */
export type Implementation = (typeof IMPLEMENTATIONS)[number]
