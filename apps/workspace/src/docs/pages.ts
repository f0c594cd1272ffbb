import { FLAGS, productionFeatureFlags } from '@gradvis/feature-flags'
import { errorCatalogs, messageCatalogs } from '@gradvis/service-layer'

import { cliPage } from './cliPage.ts'
import { errorsPage } from './errorsPage.ts'
import { flagsPage } from './flagsPage.ts'
import { messagesPage } from './messagesPage.ts'
import { schedulePage } from './schedulePage.ts'
import { textsOfProgram } from './textsOfProgram.ts'

/** Every generated page of `docs/`, as it should be now. */
export function pages(): readonly Readonly<{ path: string; text: string }>[] {
  return [
    { path: 'docs/cli.md', text: cliPage() },
    { path: 'docs/errors.md', text: errorsPage(errorCatalogs) },
    { path: 'docs/GradualRolloutSchedule.md', text: schedulePage(FLAGS, productionFeatureFlags) },
    { path: 'docs/flags.md', text: flagsPage(FLAGS) },
    { path: 'docs/messages.sv.md', text: messages() },
  ]
}

function messages(): string {
  const programs = ['cli', 'protokoll'].map(textsOfProgram)
  return messagesPage({
    errors: [...errorCatalogs, ...programs.map(({ errors }) => errors)],
    messages: [...messageCatalogs, ...programs.map(({ messages }) => messages)],
  })
}
