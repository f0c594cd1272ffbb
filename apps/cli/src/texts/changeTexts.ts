import { defineMessages } from '@gradvis/kernel'

export const changeTexts = defineMessages('change', {
  preview: { sv: 'Detta kommer att hända:', en: 'This is going to happen:' },
  confirm: { sv: 'Genomföra det? [j/N] ', en: 'Do it? [y/N] ' },
  status_unread: {
    sv: 'Skrivet, men läget kunde inte läsas: {{message}}',
    en: 'Written, but the status could not be read: {{message}}',
  },
  done: { sv: 'Utfört av {{actor}}:', en: 'Done by {{actor}}:' },
})

/** What counts as a yes, in either language. */
export const YES = ['j', 'ja', 'y', 'yes'] as const
