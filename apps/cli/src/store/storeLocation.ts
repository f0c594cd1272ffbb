import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const DEFAULT_STORE = './data/rollout.db'

/** Where the rollout is stored, and whether anybody chose that. */
export type StoreLocation = Readonly<{
  location: string
  isDefault: boolean
  /** Of an embedded store; undefined for any other. */
  file: string | undefined
}>

/** `--store`, else `GRADVIS_STORE`, else a file in the working directory. */
export function storeLocation(
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): StoreLocation {
  const chosen = option ?? (env['GRADVIS_STORE'] || undefined)
  const location = chosen ?? DEFAULT_STORE
  return { location, isDefault: chosen === undefined, file: fileOf(location) }
}

/** The embedded store takes a path, `file:` or `sqlite:`. What it is to make of the rest, the store says itself. */
function fileOf(location: string): string | undefined {
  const [, scheme, rest = ''] = /^([a-z][a-z0-9+.-]+):(.*)$/is.exec(location) ?? []
  if (scheme === undefined) return location
  if (!['file', 'sqlite'].includes(scheme.toLowerCase())) return undefined
  if (!rest.startsWith('//')) return rest
  try {
    return fileURLToPath(`file:${rest}`)
  } catch {
    return undefined
  }
}

/** The location for people: without what a connection string may hold of credentials. */
export function shownLocation({ location, file }: StoreLocation): string {
  if (file !== undefined) return file
  if (!URL.canParse(location)) return '…'
  const { protocol, host, pathname } = new URL(location)
  return `${protocol}//${host}${pathname}`
}

/** False only for an embedded store whose file does not exist. */
export function isThere({ file }: StoreLocation): boolean {
  return file === undefined || existsSync(file)
}
