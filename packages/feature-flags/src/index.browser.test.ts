import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { bundleForBrowser, launchChromium } from '@gradvis/browser-testing'
import { describe, expect, it } from 'vitest'

import type * as FeatureFlags from './index.ts'
import { atPercentage } from './testing/aSnapshot.ts'
import { decide } from './decide.ts'
import { testVectors } from './testing/testVectors.ts'

const SLOW = { timeout: 120_000 }

describe('the package runs in browsers', () => {
  it('imports nothing of Node', () => {
    const sources = readdirSync(import.meta.dirname).filter((name) => /^[^.]+\.ts$/.test(name))
    const guilty = sources.filter((name) => readFileSync(join(import.meta.dirname, name), 'utf8').includes('node:'))
    expect(sources.length).toBeGreaterThan(20)
    expect(guilty).toEqual([])
  })

  it('and decides there as it does in Node, for every published test vector', SLOW, async () => {
    const script = await bundleForBrowser(join(import.meta.dirname, 'index.ts'), 'flags')
    expect(script).not.toContain('node:')
    const browser = await launchChromium()
    try {
      const page = await browser.newPage()
      await page.addScriptTag({ content: script })
      const inBrowser = await page.evaluate(
        (vectors) => {
          const { createSnapshot, decide, hashPrefix, murmur3, parseEnvironment, parsePlan, productionFeatureFlags } = (
            globalThis as unknown as { flags: typeof FeatureFlags }
          ).flags
          const snapshot = createSnapshot({
            plan: parsePlan(productionFeatureFlags),
            environment: parseEnvironment({}),
            now: Date.parse('2025-01-13T00:00:00Z'),
          })
          // Keys travel as character codes: what carries text to a browser mends half surrogate pairs on the way.
          return vectors.map(({ prefix, codes }) => {
            const targetingKey = String.fromCharCode(...codes)
            const decision = decide(snapshot, 'BackupService', { targetingKey })
            return { hash: murmur3(hashPrefix(prefix), targetingKey), decision }
          })
        },
        testVectors.map(({ salt, flagKey, targetingKey }) => ({
          prefix: salt + flagKey,
          codes: codesOf(targetingKey),
        })),
      )
      const snapshot = atPercentage(5000)
      const inNode = testVectors.map(({ hash, targetingKey }) => ({
        hash,
        decision: decide(snapshot, 'BackupService', { targetingKey }),
      }))
      expect(inBrowser).toEqual(inNode)
      expect(new Set(inNode.map(({ decision }) => decision.implementation)).size).toBe(2)
    } finally {
      await browser.close()
    }
  })
})

function codesOf(text: string): readonly number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}
