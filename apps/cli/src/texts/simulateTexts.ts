import { defineMessages } from '@gradvis/kernel'

export const simulateTexts = defineMessages('simulate', {
  heading: { sv: 'Planens kalender, simulerad', en: 'The plan’s calendar, simulated' },
})
