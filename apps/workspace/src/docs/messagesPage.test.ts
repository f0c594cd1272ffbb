import { describe, expect, it } from 'vitest'

import { messagesPage } from './messagesPage.ts'

const page = messagesPage({
  errors: [
    {
      'store.full': {
        fault: 'service',
        retryable: true,
        sv: 'Fullt: {{n}} {{n, plural(bit|bitar)}} <a>.',
        en: 'Full: {{n}} {{n, plural(bit|bits)}} <a>.',
      },
    },
  ],
  messages: [{ 'status.stop': { sv: ' STOPP\nnu', en: ' STOP\nnow' } }],
})

describe('the page of messages', () => {
  it('has every error on one line with fault, retryable and parameters, and nothing that breaks the table', () => {
    expect(page).toContain(
      '| `store.full` | Fullt: {{n}} {{n, plural(bit\\|bitar)}} &lt;a>. | Full: {{n}} {{n, plural(bit\\|bits)}} &lt;a>. | tjänsten | ja | `n` |',
    )
  })

  it('shows the spaces at the ends of a text, and its line breaks', () => {
    expect(page).toContain('| `status.stop` | ␣STOPP<br>nu | ␣STOP<br>now | – |')
  })

  it('says where the texts of a namespace are shown, also of one that it does not know', () => {
    expect(page).toContain('## status\n\nVisas: `gradvis status`.')
    expect(page).toContain('## store\n\nVisas: där det uppstår.')
  })
})
