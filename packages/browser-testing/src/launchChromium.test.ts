import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { launchChromium } from './launchChromium.ts'
import { unpackChromium } from './unpackChromium.ts'

const TIMEOUT_MS = 120_000

describe('a launched Chromium', { timeout: TIMEOUT_MS }, () => {
  let browser: Browser
  let page: Page
  beforeAll(async () => {
    browser = await launchChromium()
    page = await browser.newPage()
    // Media devices exist on trustworthy origins only; nothing leaves the machine.
    await page.route('http://localhost/**', (route) => route.fulfill({ contentType: 'text/html', body: '<p>hej</p>' }))
    await page.goto('http://localhost/')
  }, TIMEOUT_MS)
  afterAll(() => browser?.close())

  it('runs scripts in a real page', async () => {
    expect(await page.evaluate(() => document.querySelector('p')?.textContent)).toBe('hej')
    expect(browser.version()).toMatch(/^\d+\./)
  })

  it('has a microphone that needs no permission', async () => {
    const kinds = await page.evaluate(async () => {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true })
      const kinds = stream.getTracks().map((track) => track.kind)
      for (const track of stream.getTracks()) track.stop()
      return kinds
    })
    expect(kinds).toEqual(['audio'])
  })

  it('opens a data channel between two peers, without names under .local', async () => {
    const { answer, candidates } = await page.evaluate(async () => {
      const [one, two] = [new RTCPeerConnection(), new RTCPeerConnection()]
      const candidates: string[] = []
      const feed = (from: RTCPeerConnection, to: RTCPeerConnection) =>
        from.addEventListener('icecandidate', ({ candidate }) => {
          if (!candidate) return
          candidates.push(candidate.candidate)
          void to.addIceCandidate(candidate)
        })
      feed(one, two)
      feed(two, one)
      two.addEventListener('datachannel', ({ channel }) => {
        channel.addEventListener('message', ({ data }) => channel.send(`${data} igen`))
      })
      const channel = one.createDataChannel('test')
      const answer = new Promise<string>((resolve) => {
        channel.addEventListener('message', ({ data }) => resolve(data as string))
      })
      channel.addEventListener('open', () => channel.send('hej'))
      await one.setLocalDescription()
      await two.setRemoteDescription(one.localDescription as RTCSessionDescription)
      await two.setLocalDescription()
      await one.setRemoteDescription(two.localDescription as RTCSessionDescription)
      const text = await answer
      one.close()
      two.close()
      return { answer: text, candidates }
    })
    expect(answer).toBe('hej igen')
    expect(candidates.length).toBeGreaterThan(0)
    expect(candidates.filter((candidate) => candidate.includes('.local'))).toEqual([])
  })
})

describe('unpacking', { timeout: TIMEOUT_MS }, () => {
  it('is safe from two callers at once and leaves one whole copy', async () => {
    const cache = await mkdtemp(join(tmpdir(), 'chromium-cache-'))
    try {
      const [first, second] = await Promise.all([unpackChromium(cache), unpackChromium(cache)])
      expect(first).toEqual(second)
      expect(await readdir(cache)).toHaveLength(1)
      expect(await readdir(join(first.executablePath, '..'))).toEqual(
        expect.arrayContaining(['al2023', 'chromium', 'fonts']),
      )
    } finally {
      await rm(cache, { recursive: true })
    }
  })
})
