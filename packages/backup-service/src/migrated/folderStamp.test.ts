import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { folderStamp } from './folderStamp.ts'

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'folder-stamp-'))
})
afterAll(() => rm(root, { recursive: true }))

const LATER_MS = 60_000

/** A folder with one file, whose times lie in the past of the stamp. */
async function folderOf(name: string) {
  const folder = join(root, name)
  await mkdir(folder)
  await writeFile(join(folder, 'first'), '')
  return { folder, stamp: () => folderStamp(folder, Date.now() + LATER_MS) }
}

/** File systems keep times in ticks of some milliseconds. */
const nextTick = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('the stamp of a folder', () => {
  it('stays while nothing changes', async () => {
    const { stamp } = await folderOf('same')
    const first = await stamp()
    await nextTick()
    expect(await stamp()).toBe(first)
  })

  it.each([
    ['added', (folder: string) => writeFile(join(folder, 'second'), '')],
    ['removed', (folder: string) => rm(join(folder, 'first'))],
    ['renamed', (folder: string) => rename(join(folder, 'first'), join(folder, 'other'))],
    [
      'replaced',
      async (folder: string) => {
        await writeFile(join(root, 'new'), '')
        await rename(join(root, 'new'), join(folder, 'first'))
      },
    ],
  ])('is another after a file was %s', async (how, change) => {
    const { folder, stamp } = await folderOf(how)
    const before = await stamp()
    await nextTick()
    await change(folder)
    expect(await stamp()).not.toBe(before)
  })

  it('is another for a folder made anew', async () => {
    const { folder, stamp } = await folderOf('anew')
    const before = await stamp()
    await rename(folder, join(root, 'away'))
    await expect(stamp()).rejects.toThrow('ENOENT')
    await mkdir(folder)
    expect(await stamp()).not.toBe(before)
  })

  it('is none while the next change might look the same', async () => {
    const { folder } = await folderOf('young')
    const { ctimeMs } = await stat(folder)
    expect(await folderStamp(folder, ctimeMs + 1_999)).toBeUndefined()
    expect(await folderStamp(folder, ctimeMs + 2_001)).toBeDefined()
    expect(await folderStamp(folder, ctimeMs - LATER_MS)).toBeUndefined()
  })
})
