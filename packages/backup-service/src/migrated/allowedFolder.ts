import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'

import { backupErrors } from '../backupErrors.ts'
import { errno } from './errno.ts'

type Rules = Readonly<{ roots: readonly string[]; storeFolder: string }>

/** Which folders callers may have read and written. Real paths are compared, component by component. */
export const allowedFolder = {
  /** The real path of a folder that may be backed up. Throws `folder_not_allowed` or `folder_not_found`. */
  async source(path: string, { roots, storeFolder }: Rules): Promise<string> {
    const refused = backupErrors.create('folder_not_allowed', {})
    const realRoots = await realPaths(roots)
    const real = isAbsolute(path) ? await realpathOf(path) : undefined
    // Whether a path exists is told only of paths that may be asked for.
    if (real === undefined) {
      const lexical = [...roots, ...realRoots].some((root) => isAbsolute(path) && isWithin(root, resolve(path)))
      throw lexical ? backupErrors.create('folder_not_found', {}) : refused
    }
    if (!realRoots.some((root) => isWithin(root, real)) || (await overlaps(real, storeFolder))) throw refused
    if (!(await lstat(real)).isDirectory()) throw backupErrors.create('folder_not_found', {})
    return real
  },

  /** Where a restored folder may be put, its parent resolved. Throws `target_not_allowed`. */
  async target(path: string, { roots, storeFolder }: Rules): Promise<string> {
    const refused = backupErrors.create('target_not_allowed', {})
    const parent = isAbsolute(path) ? await realpathOf(dirname(resolve(path))) : undefined
    if (parent === undefined) throw refused
    const target = join(parent, basename(resolve(path)))
    // The target's parent must be within too: that is where the staging folder is made.
    const inside = (await realPaths(roots)).some((root) => isWithin(root, parent))
    if (!inside || (await overlaps(target, storeFolder))) throw refused
    const stats = await lstat(target).catch(() => undefined)
    if (stats && !stats.isDirectory()) throw refused
    return target
  },
}

/** By components: `/a/b2` is not within `/a/b`, and `/a/b/..c` is. */
function isWithin(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way.split(sep)[0] !== '..' && !isAbsolute(way))
}

async function overlaps(path: string, storeFolder: string): Promise<boolean> {
  const store = await realpath(storeFolder)
  return isWithin(store, path) || isWithin(path, store)
}

async function realPaths(paths: readonly string[]): Promise<readonly string[]> {
  const real = await Promise.all(paths.map((path) => realpathOf(path)))
  return real.filter((path) => path !== undefined)
}

/** Undefined when there is nothing, or nothing that we may see. */
async function realpathOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(path)
  } catch (error) {
    if (errno(error) === undefined) throw error
    return undefined
  }
}
