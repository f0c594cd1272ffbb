import { defineMessages } from '@gradvis/kernel'

export const helpTexts = defineMessages('help', {
  summary: {
    sv: 'Följ en utrullning, flytta den, ta den tillbaka.',
    en: 'Watch a rollout, move it, take it back.',
  },
  usage: { sv: 'Användning:', en: 'Usage:' },
  arguments: { sv: 'Argument:', en: 'Arguments:' },
  options: { sv: 'Flaggor:', en: 'Options:' },
  commands: { sv: 'Kommandon:', en: 'Commands:' },
  examples: { sv: 'Exempel:', en: 'Examples:' },
  exit_codes: { sv: 'Slutkoder:', en: 'Exit codes:' },
  help_option: { sv: 'visa den här hjälpen', en: 'show this help' },
  help_command: { sv: 'visa hjälpen för ett kommando', en: 'show the help of a command' },
  usage_options: { sv: '[flaggor]', en: '[options]' },
  usage_command: { sv: '<kommando> [flaggor]', en: '<command> [options]' },
  services: {
    sv: 'En tjänst skrivs med sitt namn eller början av det, oavsett versaler: backup, net, web.\nSpråket följer LC_ALL, LC_MESSAGES eller LANG; svenska om de inte säger engelska.',
    en: 'A service is written by its name or the beginning of it, in any case: backup, net, web.\nThe language follows LC_ALL, LC_MESSAGES or LANG; Swedish unless they say English.',
  },
})
