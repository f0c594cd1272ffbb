import { readdirSync, readlinkSync } from 'node:fs'

/** Files below a folder that this process has open now. Undefined where the system does not tell. */
export function openFilesBelow(folder: string): readonly string[] | undefined {
  try {
    return readdirSync('/proc/self/fd')
      .map(linkOf)
      .filter((path) => path.startsWith(folder))
  } catch {
    return undefined
  }
}

function linkOf(descriptor: string): string {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch {
    // Closed since it was listed.
    return ''
  }
}
