import { describe, expect, it } from 'vitest'

import { textFaults } from './textFaults.ts'

const sound = { sv: 'Servern {{name}} svarar inte.', en: 'The server {{name}} does not answer.' }

describe('the faults of texts', () => {
  it('are none where both languages say the same', () => {
    expect(textFaults({ 'a.b': sound })).toEqual([])
  })

  it.each([
    ['no Swedish', { sv: ' ' }],
    ['no English', { en: '' }],
    ['Swedish equals English', { sv: sound.en }],
    ['not in Swedish', { sv: 'Server {{name}} does not answer.' }],
    ['not in English', { en: 'Servern {{name}} svarar inte än.' }],
    ['different placeholders', { en: 'The server {{names}} does not answer.' }],
    ['different placeholders', { sv: 'Servern svarar inte.' }],
    ['a placeholder that is never filled', { sv: 'Servern {{name}} svarar inte ({{ cause }}).' }],
    ['a placeholder that is never filled', { en: 'The server {{name}} does not answer {.' }],
  ])('are found: %s', (fault, change) => {
    expect(textFaults({ 'a.b': { ...sound, ...change } })).toContain(`a.b: ${fault}`)
  })
})
