import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { storeFileKind, type StorePaths } from '../format/storePaths.ts'
import { errno } from './errno.ts'

/** Removes what interrupted calls have left: old parts, and old archives without a manifest. Says how many. */
export async function sweepLeftovers(paths: StorePaths, maxAgeMs: number, newId: () => string): Promise<number> {
  await rm(paths.work, { recursive: true, force: true })
  await mkdir(paths.work, { recursive: true })
  await mkdir(paths.subjects, { recursive: true })
  const before = (await nowOf(paths.work, newId())) - maxAgeMs
  let swept = 0
  for (const folder of await readdir(paths.subjects)) {
    const files = await readdir(paths.subjectNamed(folder))
    for (const file of files.filter((name) => isLeftover(name, files)))
      if (await removeIfOlder(join(paths.subjectNamed(folder), file), before)) swept += 1
  }
  return swept
}

function isLeftover(name: string, all: readonly string[]): boolean {
  const file = storeFileKind(name)
  if (file?.kind === 'archive') return !all.includes(`${file.id}.manifest.json`)
  return file?.kind === 'part'
}

/** The file system's own time: that of the files to be judged, whatever clock this process was given. */
async function nowOf(folder: string, name: string): Promise<number> {
  const probe = join(folder, name)
  await writeFile(probe, '')
  const { mtimeMs } = await lstat(probe)
  await rm(probe)
  return mtimeMs
}

async function removeIfOlder(file: string, beforeMs: number): Promise<boolean> {
  try {
    if ((await lstat(file)).mtimeMs > beforeMs) return false
    await rm(file)
    return true
  } catch (error) {
    // Another process swept it, or finished it.
    if (errno(error) === 'ENOENT') return false
    throw error
  }
}
