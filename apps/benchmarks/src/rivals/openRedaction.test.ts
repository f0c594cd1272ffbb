import { describe, expect, it } from 'vitest'

import { createOpenRedaction, OPEN_REDACTION_KINDS } from './openRedaction.ts'

describe('createOpenRedaction', () => {
  it('gives what the library finds under our kinds, where it stands', () => {
    const text = 'Kort 4111 1111 1111 1111, e-post abc@def.se, adress 81.2.3.4.'
    const found = createOpenRedaction()(text).map(({ kind, start, end }) => [kind, text.slice(start, end)])
    expect(found).toContainEqual(['payment-card', '4111 1111 1111 1111'])
    expect(found).toContainEqual(['email', 'abc@def.se'])
    expect(found).toContainEqual(['ipv4', '81.2.3.4'])
  })

  it('claims no Swedish number', () => {
    const swedish = ['personnummer', 'samordningsnummer', 'organisationsnummer', 'bankgiro', 'plusgiro'] as const
    for (const kind of swedish) expect(OPEN_REDACTION_KINDS).not.toContain(kind)
  })
})
