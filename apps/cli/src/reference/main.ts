import { cliErrors } from '../cliErrors.ts'
import { cliMessages } from '../texts/cliMessages.ts'
import { VERBS } from '../verbs.ts'
import { referencePage } from './referencePage.ts'

// For `npm run docs`: programs do not import each other, so this one prints its own page, or its texts.
const texts = () => JSON.stringify({ errors: cliErrors.catalog, messages: cliMessages })
process.stdout.write(process.argv.includes('--texts') ? texts() : referencePage(VERBS))
