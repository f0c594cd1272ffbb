import { existsSync } from 'node:fs'

import { type Browser, chromium } from 'playwright-core'

import { unpackChromium } from './unpackChromium.ts'

const SYSTEM_CHROMIUM = '/usr/bin/chromium'
const LAUNCH_TIMEOUT_MS = 60_000

/**
 * `--headless`, `--no-first-run` and the like are what playwright passes by itself. Everything is quiet, works as root
 * and has a camera and a microphone that are made up and allowed without asking.
 */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  // Host candidates as plain addresses: names under .local resolve only where multicast works.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
]

/**
 * A headless Chromium: the one that `CHROMIUM_PATH` names, the system's, or the one that npm installed, whichever is
 * there first. The caller closes it; `await using` does. Rejects when none starts within a minute.
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ ...(await findChromium()), args: FLAGS, timeout: LAUNCH_TIMEOUT_MS })
}

type Executable = Readonly<{ executablePath: string; env?: Record<string, string> }>

async function findChromium(): Promise<Executable> {
  const chosen = process.env['CHROMIUM_PATH']
  if (chosen) return { executablePath: chosen }
  if (existsSync(SYSTEM_CHROMIUM)) return { executablePath: SYSTEM_CHROMIUM }
  const { executablePath, libraryPath, fontsPath } = await unpackChromium()
  return {
    executablePath,
    // A bare machine has neither the libraries that Chromium links to nor a font.
    env: {
      ...definedEnvironment(),
      LD_LIBRARY_PATH: [libraryPath, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':'),
      FONTCONFIG_PATH: process.env['FONTCONFIG_PATH'] ?? fontsPath,
    },
  }
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return Object.fromEntries(entries)
}
