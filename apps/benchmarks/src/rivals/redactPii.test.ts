import { describe, expect, it } from 'vitest'

import { createRedactPii } from './redactPii.ts'

describe('createRedactPii', () => {
  it('tells where each rule found something in the text as it was', () => {
    const text = 'Skriv till abc@def.se från 81.2.3.4, inte 4111 1111 1111 1111.'
    const found = createRedactPii().detect(text)
    expect(found.map(({ kind, start, end }) => [kind, text.slice(start, end)])).toEqual([
      ['payment-card', '4111 1111 1111 1111'],
      ['ipv4', '81.2.3.4'],
      ['email', 'abc@def.se'],
    ])
  })

  it('finds what the library redacts', () => {
    const { redact, detect } = createRedactPii()
    for (const text of ['Kort 4111-1111-1111-1111.', 'Ring 555-555-5555', 'Inget här']) {
      expect(detect(text).length > 0).toBe(redact(text) !== text)
    }
  })
})
