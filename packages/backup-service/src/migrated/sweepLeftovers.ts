import { lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { storeFileKind, type StorePaths } from '../format/storePaths.ts'
import { unlessMissing } from './errno.ts'

/**
 * Removes what interrupted calls have left: erasures that were begun, whatever their age, and old parts and archives
 * without a manifest. Says how many. Other processes may be at work: it takes no folder away that they need.
 */
export async function sweepLeftovers(paths: StorePaths, maxAgeMs: number, newId: () => string): Promise<number> {
  // For nobody else on the machine: what is kept is personal data.
  for (const folder of [paths.work, paths.subjects]) await mkdir(folder, { recursive: true, mode: 0o700 })
  const before = (await nowOf(paths.work, newId())) - maxAgeMs
  let swept = 0
  for (const entry of await readdir(paths.work, { withFileTypes: true })) {
    const path = join(paths.work, entry.name)
    if (entry.isDirectory()) await rm(path, { recursive: true, force: true })
    else if (await removeIfOlder(path, before)) swept += 1
  }
  for (const folder of await readdir(paths.subjects)) {
    const files = (await readdir(paths.subjectNamed(folder)).catch(unlessMissing)) ?? []
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
  const stats = await lstat(file).catch(unlessMissing)
  if (!stats || stats.mtimeMs > beforeMs) return false
  await rm(file, { force: true })
  return true
}
