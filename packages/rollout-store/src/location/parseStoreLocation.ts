import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

import { rolloutStoreErrors } from '../rolloutStoreErrors.ts'

export type StoreLocation = Readonly<{ kind: 'sqlite'; path: string }> | Readonly<{ kind: 'postgres'; url: string }>

/** A scheme of two letters or more: one letter is a drive of Windows. */
const SCHEME = /^([a-z][a-z0-9+.-]+):(.*)$/i

/**
 * `postgres://…` or `postgresql://…`, `:memory:`, a file path, `file:…` or `sqlite:…`. Throws
 * `rollout_store.invalid_location`, which never repeats the location: it may hold a password.
 */
export function parseStoreLocation(location: string): StoreLocation {
  const parsed = parse(location)
  if (parsed === undefined) throw rolloutStoreErrors.create('invalid_location', {})
  return parsed
}

function parse(location: string): StoreLocation | undefined {
  if (location.trim() === '' || location.includes('\0') || location.length > 4096) return undefined
  const [, scheme, rest = ''] = SCHEME.exec(location) ?? []
  if (scheme === undefined) return sqlite(location)
  switch (scheme.toLowerCase()) {
    case 'postgres':
    case 'postgresql':
      return rest.startsWith('//') && URL.canParse(location) ? { kind: 'postgres', url: location } : undefined
    case 'file':
    case 'sqlite':
      return rest.startsWith('//') ? fromUrl(rest) : sqlite(rest)
    default:
      return undefined
  }
}

function fromUrl(rest: string): StoreLocation | undefined {
  try {
    return sqlite(fileURLToPath(`file:${rest}`))
  } catch {
    return undefined
  }
}

function sqlite(path: string): StoreLocation | undefined {
  if (path.trim() === '' || /[/\\]$/.test(path)) return undefined
  return { kind: 'sqlite', path: path === ':memory:' ? path : resolve(path) }
}
