import { access, mkdir, readFile, writeFile } from 'node:fs/promises'
import { globSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { fillNames, type ServiceNames } from './ServiceNames.ts'

const TEMPLATE = join(dirname(fileURLToPath(import.meta.url)), 'template')
const FLAGS = 'packages/feature-flags/src/flags.ts'

export type Created = Readonly<{ created: true; files: readonly string[] } | { created: false; reason: string }>

/** Writes a new service package below `root`, its flag row and its TypeScript reference; or writes nothing. */
export async function createService(root: string, names: ServiceNames, today = new Date()): Promise<Created> {
  const folder = `packages/${names.kebab}-service`
  if (await exists(join(root, folder))) return { created: false, reason: `${folder} exists already.` }
  const taken = await takenFlag(root, names)
  if (taken !== undefined) return { created: false, reason: `${FLAGS} has ${taken} already.` }
  const edits = [await flagRow(root, names, removeBy(today)), await reference(root, folder)]
  const files = await Promise.all(
    globSync('**/*.tpl', { cwd: TEMPLATE }).map((path) => fromTemplate(path, folder, names)),
  )
  for (const { path, text } of [...files, ...edits]) await write(join(root, path), text)
  return { created: true, files: [...files, ...edits].map(({ path }) => path) }
}

type Edit = Readonly<{ path: string; text: string }>

async function fromTemplate(path: string, folder: string, names: ServiceNames): Promise<Edit> {
  const text = await readFile(join(TEMPLATE, path), 'utf8')
  return { path: join(folder, fillNames(path.replace(/\.tpl$/, ''), names)), text: fillNames(text, names) }
}

async function flagRow(root: string, names: ServiceNames, removeByDate: string): Promise<Edit> {
  const row = `  __Pascal__Service: {
    flagKey: '__kebab__-service-migration',
    environmentVariable: 'USE_MIGRATED___CONSTANT___SERVICE',
    owner: 'Service Layer Migration Team',
    purpose: 'Moves __Pascal__Service from legacy to BaseService.',
    removeBy: '${removeByDate}',
  },
`
  const text = await readFile(join(root, FLAGS), 'utf8')
  const end = text.indexOf('} as const satisfies FlagTable')
  if (end < 0) throw new Error(`${FLAGS} has no flag table that ends with "} as const satisfies FlagTable".`)
  return { path: FLAGS, text: text.slice(0, end) + fillNames(row, names) + text.slice(end) }
}

/** Two rows of one variable would stop every start: `network` is taken by NetworkConnectivityService's variable. */
async function takenFlag(root: string, names: ServiceNames): Promise<string | undefined> {
  const text = await readFile(join(root, FLAGS), 'utf8')
  const wanted = ['USE_MIGRATED___CONSTANT___SERVICE', '__kebab__-service-migration', '__Pascal__Service'] as const
  return wanted
    .map((template) => fillNames(template, names))
    .find((name) => text.includes(`'${name}'`) || text.includes(`\n  ${name}:`))
}

/** A migration that takes more than a year has failed: the flag's date says so. */
function removeBy(today: Date): string {
  return new Date(today.getTime() + 365 * 86_400_000).toISOString().slice(0, 10)
}

async function reference(root: string, folder: string): Promise<Edit> {
  const path = 'tsconfig.json'
  const config = JSON.parse(await readFile(join(root, path), 'utf8')) as { references: { path: string }[] }
  const references = [...config.references, { path: folder }]
  return { path, text: `${JSON.stringify({ ...config, references }, undefined, 2)}\n` }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
