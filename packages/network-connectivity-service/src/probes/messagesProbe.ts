import { type ProbeEvidence, type ProbeScratch, serviceErrors } from '@gradvis/base-service'
import { interpolate, isServiceError, type MessageCatalog } from '@gradvis/kernel'

import { adviceFor } from '../adviceFor.ts'
import { networkAdvice } from '../networkAdvice.ts'
import { networkConnectivityErrors } from '../networkConnectivityErrors.ts'
import { openScratchNetworks } from './openScratchNetworks.ts'
import type { ServiceFactory } from './ServiceFactory.ts'
import { textFaults } from './textFaults.ts'

const ERRORS: MessageCatalog = { ...networkConnectivityErrors.catalog, ...serviceErrors.catalog }
const CATALOG: MessageCatalog = { ...ERRORS, ...networkAdvice }

/** Reads every text that the service may show in both languages, then makes the service show what it can be made to. */
export async function messagesProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  await scratch.check('all texts', async () => textFaults(CATALOG))
  await checkErrors(scratch, create)
  await checkAdvice(scratch, create)
  return { texts: Object.keys(CATALOG).length }
}

async function checkErrors(scratch: ProbeScratch, create: ServiceFactory): Promise<void> {
  const { context, signal } = scratch
  const cancelled = { signal: AbortSignal.abort() }
  const provocations: Readonly<Record<string, () => Promise<unknown>>> = {
    'network.invalid_endpoint': async () => create(context, { endpoints: [{ name: 'backend', url: 'ftp://invalid' }] }),
    'network.invalid_settings': async () => create(context, { intervalMs: -1 }),
    'service.not_running': () => create(context, {}).getStatus(undefined, { signal }),
    'service.invalid_input': async () =>
      (await scratch.start(create(context, {}))).subscribe({ listener: undefined as never }, { signal }),
    'service.cancelled': async () => (await scratch.start(create(context, {}))).checkBackend(undefined, cancelled),
  }
  for (const [code, provoke] of Object.entries(provocations)) {
    await scratch.check(code, async () => {
      const thrown = await provoke().then(
        () => undefined,
        (error: unknown) => error,
      )
      return errorFaults(thrown, code)
    })
  }
}

/** What a person would see of the error in either language must be the text of its code, filled in. */
function errorFaults(thrown: unknown, code: string): readonly string[] {
  const text = ERRORS[code]
  if (!isServiceError(thrown) || thrown.code !== code || !text) return ['another error, or none']
  const { message, params } = thrown
  return [
    ...(message === interpolate(text, params, 'sv') ? [] : ['the message is another text']),
    ...(/\{\{/.test(message + interpolate(text, params, 'en')) ? ['a placeholder is not filled'] : []),
  ]
}

async function checkAdvice(scratch: ProbeScratch, create: ServiceFactory): Promise<void> {
  const { context, signal } = scratch
  const checks = (await openScratchNetworks(scratch)).map(({ name, code, options }) =>
    scratch.check(`the advice for ${name}`, async () => {
      const service = await scratch.start(create(context, options))
      const { recommendation } = await service.diagnose(undefined, { signal })
      await service.stop()
      const { sv, en } = adviceFor(code ?? 'all_well')
      return [
        ...(recommendation.sv === sv ? [] : ['not the Swedish advice']),
        ...(recommendation.en === en ? [] : ['not the English advice']),
      ]
    }),
  )
  await Promise.all(checks)
}
