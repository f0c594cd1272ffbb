import type { LegacyKeepRules, LegacyParts } from './LegacyBackupConfig.ts'
import { LegacyBackupError } from './LegacyBackupError.ts'

const KIND = /^[a-z][a-z0-9_]{0,63}$/
const ID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
const MAX_OWNER_LENGTH = 200
const MAX_PATH_LENGTH = 4096
const MAX_PARTS = 10_000
const MAX_PAGE = 500
const MAX_KEEP = 10_000

/** Hand-written checks of what callers pass in. Each throws INVALID_ARGUMENT with the argument's name. */
export const LegacyArguments = {
  owner(owner: string): void {
    if (typeof owner !== 'string' || owner.length < 1 || owner.length > MAX_OWNER_LENGTH)
      throw new LegacyBackupError('INVALID_ARGUMENT', 'owner')
  },

  ownerOrAll(owner: string | null): void {
    if (owner !== null) LegacyArguments.owner(owner)
  },

  isKind(kind: string): boolean {
    return typeof kind === 'string' && KIND.test(kind)
  },

  kind(kind: string): void {
    if (!LegacyArguments.isKind(kind)) throw new LegacyBackupError('INVALID_ARGUMENT', 'kind')
  },

  kindOrAll(kind: string | null): void {
    if (kind !== null) LegacyArguments.kind(kind)
  },

  id(id: string): void {
    if (typeof id !== 'string' || !ID.test(id)) throw new LegacyBackupError('INVALID_ARGUMENT', 'id')
  },

  path(path: string): void {
    if (typeof path !== 'string' || path.length < 1 || path.length > MAX_PATH_LENGTH || path.includes('\0'))
      throw new LegacyBackupError('INVALID_ARGUMENT', 'path')
  },

  parts(parts: LegacyParts): void {
    const { recordTypes, directories } = parts
    if (recordTypes === null && directories.length === 0) throw new LegacyBackupError('INVALID_ARGUMENT', 'parts')
    if (directories.length > MAX_PARTS) throw new LegacyBackupError('INVALID_ARGUMENT', 'directories')
    for (const directory of directories) LegacyArguments.path(directory)
    if (Array.isArray(recordTypes)) {
      if (recordTypes.length === 0 || recordTypes.length > MAX_PARTS)
        throw new LegacyBackupError('INVALID_ARGUMENT', 'recordTypes')
      for (const type of recordTypes as readonly string[]) LegacyArguments.kind(type)
    }
  },

  pageSize(count: number): void {
    if (!Number.isInteger(count) || count < 1 || count > MAX_PAGE)
      throw new LegacyBackupError('INVALID_ARGUMENT', 'count')
  },

  keepRules(rules: LegacyKeepRules): void {
    for (const [name, count] of Object.entries(rules))
      if (!Number.isInteger(count) || count < 0 || count > MAX_KEEP)
        throw new LegacyBackupError('INVALID_ARGUMENT', name)
    if (rules.days === 0 && rules.weeks === 0 && rules.months === 0) throw new LegacyBackupError('RULES_EMPTY')
  },
}
