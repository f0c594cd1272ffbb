import { VERBS } from '../verbs.ts'
import { referencePage } from './referencePage.ts'

// For `npm run docs`: programs do not import each other, so this one prints its own page.
process.stdout.write(referencePage(VERBS))
