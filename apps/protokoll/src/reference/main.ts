import { httpErrors } from '../http/httpErrors.ts'
import { protokollErrors } from '../texts/protokollErrors.ts'
import { protokollTexts } from '../texts/protokollTexts.ts'

// For `npm run docs`: programs do not import each other, so this one prints its own texts.
const errors = { ...protokollErrors.catalog, ...httpErrors.catalog }
process.stdout.write(JSON.stringify({ errors, messages: protokollTexts }))
