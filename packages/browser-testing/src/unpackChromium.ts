import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { inflate } from '@sparticuz/chromium'

const VERSION = '153.0.0'
const ARCHIVES = ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']
const CACHE = join(import.meta.dirname, '../node_modules/.cache')

export type UnpackedChromium = Readonly<{ executablePath: string; libraryPath: string; fontsPath: string }>

/**
 * Unpacks the Chromium that npm installed, once per checkout, and says where it is. Safe to call from many processes
 * at once: each unpacks into a folder of its own, and the first that is ready renames it into place. (The package's
 * own `executablePath()` takes a half-written file of another process for a finished one.)
 */
export async function unpackChromium(cache: string = CACHE): Promise<UnpackedChromium> {
  const folder = join(cache, `chromium-${VERSION}`)
  if (!existsSync(folder)) await unpackInto(folder, cache)
  return {
    executablePath: join(folder, 'chromium'),
    libraryPath: join(folder, 'al2023/lib'),
    fontsPath: join(folder, 'fonts'),
  }
}

async function unpackInto(folder: string, cache: string): Promise<void> {
  await mkdir(cache, { recursive: true })
  const staging = await mkdtemp(join(cache, 'unpacking-'))
  try {
    await Promise.all(inflateInto(staging))
    await rename(staging, folder)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    // Another process was first: its folder is as good as ours.
    if (!existsSync(folder)) throw error
  }
}

/** `inflate` reads the folder for temporary files before it returns, so that the change is seen by nobody else. */
function inflateInto(folder: string): readonly Promise<string>[] {
  const archives = fileURLToPath(new URL('../bin/', import.meta.resolve('@sparticuz/chromium')))
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    return ARCHIVES.map((archive) => inflate(join(archives, archive)))
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}
