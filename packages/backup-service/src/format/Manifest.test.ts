import { createHash } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { FORMAT, type Manifest, parseManifest, serializeManifest } from './Manifest.ts'

const manifest: Manifest = {
  format: FORMAT,
  formatVersion: 1,
  id: '0b0f4c3e-8f5c-4c39-9a37-0a3f6f0f8a11',
  subject: 'subject-å',
  type: 'full_backup',
  createdAt: '2025-01-16T08:00:00.000Z',
  writer: 'test',
  skippedCount: 0,
  archive: { sizeBytes: 10, sha256: 'a'.repeat(64) },
  entries: [
    {
      kind: 'records',
      path: 'records/meeting.ndjson',
      sizeBytes: 2,
      sha256: 'b'.repeat(64),
      recordType: 'meeting',
      recordCount: 1,
    },
  ],
}

const signed = (body: object) =>
  JSON.stringify({ ...body, checksum: createHash('sha256').update(JSON.stringify(body)).digest('hex') })

describe('a manifest', () => {
  it('reads as it was written', () => {
    expect(parseManifest(serializeManifest(manifest))).toEqual({ readable: true, manifest })
  })

  it('is found changed by any flipped bit', () => {
    const bytes = Buffer.from(serializeManifest(manifest))
    // The last byte is the line feed, which any white space may replace.
    for (let bit = 0; bit < (bytes.length - 1) * 8; bit += 1) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3]! ^= 1 << (bit & 7)
      expect(parseManifest(flipped.toString()), `bit ${bit}`).toEqual({ readable: false })
    }
  })

  it('has a checksum that a stranger can compute', () => {
    expect(parseManifest(signed(manifest))).toEqual({ readable: true, manifest })
  })

  it('says its version when it is newer than this code', () => {
    expect(parseManifest(signed({ ...manifest, formatVersion: 2, more: true }))).toEqual({
      readable: false,
      formatVersion: 2,
    })
    expect(parseManifest(signed({ ...manifest, formatVersion: 0 }))).toEqual({ readable: false })
    expect(parseManifest(signed({ ...manifest, format: 'other', formatVersion: 2 }))).toEqual({ readable: false })
  })

  it('lists every path once, and none below another', () => {
    const entry = manifest.entries[0]!
    const under = { ...entry, path: `${entry.path}/x` }
    for (const entries of [
      [entry, entry],
      [entry, under],
      [under, entry],
    ])
      expect(parseManifest(signed({ ...manifest, entries }))).toEqual({ readable: false })
  })
})
