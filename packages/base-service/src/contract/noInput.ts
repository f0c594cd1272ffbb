import { z } from 'zod'

/** The input of an operation that takes none: the caller may leave it out. */
export const noInput = z.strictObject({}).optional()
