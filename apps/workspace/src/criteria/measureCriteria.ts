import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import { systemClock } from '@gradvis/kernel'

import { ROOT } from '../laws/readWorkspace.ts'
import { criteriaOf, type Measured } from './criteriaOf.ts'
import { measureResponseTimes } from './measureResponseTimes.ts'
import { measureSources } from './measureSources.ts'
import { MIGRATED_SERVICES } from './MigratedService.ts'
import { runSuites } from './runSuites.ts'
import { summaryPage } from './summaryPage.ts'

/** `npm run criteria`: measures, writes the summary, and exits with 0 also where a criterion is not met: it reports. */
const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })

const services = MIGRATED_SERVICES.map((service) => ({ service, sources: measureSources(service, ROOT) }))
// Before the tests: what they leave behind in the machine must not slow down what is timed.
const responseTimes = await measureResponseTimes(systemClock)
const measured: Measured = { services, responseTimes, ...(await runSuites(ROOT)) }
const headings = criteriaOf(measured)
const criteria = headings.flatMap((heading) => heading.criteria)
await writeFile(join(ROOT, 'docs/ServiceLayerMigrationSummary.md'), summaryPage(headings, measured))

// With --json the table goes to stderr, so that stdout is one line. A number that could not be measured is null there.
const say = values.json ? console.error : console.log
for (const { met, name, text } of criteria) say(`${met ? '✅' : '✗ '} ${name}: ${text}`)
console.log(JSON.stringify({ criteria: criteria.map(({ name, value, limit, met }) => ({ name, value, limit, met })) }))
