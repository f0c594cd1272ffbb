import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type TestVector = Readonly<{
  salt: string
  flagKey: string
  targetingKey: string
  hash: number
  bucket: number
}>

/** The published vectors: `src/testVectors.json`. */
export const testVectors = (
  JSON.parse(readFileSync(join(import.meta.dirname, '../testVectors.json'), 'utf8')) as {
    vectors: readonly TestVector[]
  }
).vectors
