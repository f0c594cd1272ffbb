import { systemClock } from '@gradvis/kernel'
import { messageProblems, type Provocation, RecordingLogger } from '@gradvis/kernel/testing'
import { createLocalizer, localizationErrors } from '@gradvis/localization'
import { describe, expect, it } from 'vitest'

import { layerErrors } from '../layerErrors.ts'
import { WebhookNotifier } from '../rollout/WebhookNotifier.ts'

const secret = Buffer.alloc(32, 7).toString('base64')
const webhook =
  (url: string, key = secret) =>
  () =>
    new WebhookNotifier({ url, secret: key }, { clock: systemClock, logger: new RecordingLogger(), random: () => 0 })

const CASES: Readonly<Record<string, Provocation>> = {
  'layer.invalid_webhook_url': webhook('no address'),
  'layer.invalid_webhook_secret': webhook('https://hooks.test/', 'short'),
  'localization.duplicate_key': () => {
    const text = { sv: 'a', en: 'b' }
    return createLocalizer({ catalogs: [{ 'a.b': text }, { 'a.b': text }] })
  },
}

/** What no call can be made to throw, and why. */
const NEVER_THROWN: Readonly<Record<string, string>> = {
  'localization.unknown_failure': 'it is what describeError says of a failure without a text of its own',
}

const CATALOG = { ...layerErrors.catalog, ...localizationErrors.catalog }
const thrown = Object.keys(CATALOG).filter((code) => !Object.hasOwn(NEVER_THROWN, code))

describe('every code of the layer and of localization, provoked', () => {
  it.each(thrown)('%s is told well in both languages', async (code) => {
    expect(await messageProblems(code, CASES[code], CATALOG)).toEqual([])
  })

  it.each(['http://hooks.test/', 'https://user:secret@hooks.test/'])('the refusal of %s is told well', async (url) => {
    expect(await messageProblems('layer.invalid_webhook_url', webhook(url), CATALOG)).toEqual([])
  })

  it.each(Object.entries(NEVER_THROWN))('%s is never thrown: %s', (code) => {
    const { describeError } = createLocalizer({ catalogs: [] })
    expect(describeError(new Error('whatever'))).toBe(CATALOG[code as keyof typeof CATALOG].sv)
  })
})
