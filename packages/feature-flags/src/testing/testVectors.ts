import published from '../testVectors.json' with { type: 'json' }

/** The published vectors, `src/testVectors.json`, with keys as given: JSON's own readers disagree on half pairs. */
export const testVectors = published.vectors.map(({ salt, flagKey, utf16, hash, bucket }) => ({
  salt,
  flagKey,
  targetingKey: String.fromCharCode(...utf16),
  hash,
  bucket,
}))
