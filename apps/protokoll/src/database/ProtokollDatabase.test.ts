import { describe, expect, it } from 'vitest'

import { generateRecords, RECORD_TYPES } from './generateRecords.ts'
import { ProtokollDatabase } from './ProtokollDatabase.ts'

describe('ProtokollDatabase', () => {
  it('generates meetings, minutes and settings for every subject, once', () => {
    using database = new ProtokollDatabase(':memory:')
    database.generate(2)
    database.generate(2)
    const records = database.records('subject-0001')
    expect(records).toHaveLength(11)
    expect(new Set(records.map(({ type }) => type))).toEqual(new Set(RECORD_TYPES))
    expect(database.records('subject-0001', 'protocol')).toHaveLength(5)
    expect(database.records('subject-0002')).toEqual([])
  })

  it('replaces all or nothing', () => {
    using database = new ProtokollDatabase(':memory:')
    database.generate(1)
    const before = database.records('subject-0000')
    const twice = before[0]!
    expect(() => database.replace('subject-0000', RECORD_TYPES, [twice, twice])).toThrow(/UNIQUE/)
    expect(database.records('subject-0000')).toEqual(before)
    database.replace('subject-0000', RECORD_TYPES, [twice])
    expect(database.records('subject-0000')).toEqual([twice])
  })

  it('erases one subject and leaves the others', () => {
    using database = new ProtokollDatabase(':memory:')
    database.generate(2)
    expect(database.erase('subject-0000')).toBe(11)
    expect(database.records('subject-0000')).toEqual([])
    expect(database.records('subject-0001')).toHaveLength(11)
  })
})

describe('generateRecords', () => {
  it('gives the same subject the same data and others other data', () => {
    expect(generateRecords('subject-0001')).toEqual(generateRecords('subject-0001'))
    expect(generateRecords('subject-0001')[0]?.body).not.toEqual(generateRecords('subject-0002')[0]?.body)
  })
})
