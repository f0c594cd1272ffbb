import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

import { systemClock } from '@gradvis/kernel'
import { ManualClock, RecordingLogger } from '@gradvis/kernel/testing'
import type { StoredEvent } from '@gradvis/rollout'
import { LeakGuard, type LeakFinding } from '@gradvis/privacy'
import { Webhook } from 'standardwebhooks'
import { afterEach, describe, expect, it } from 'vitest'

import { WebhookNotifier } from './WebhookNotifier.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const event = (sequence: number): StoredEvent => ({
  sequence,
  at: 1_000,
  actor: 'operator',
  reason: 'because',
  event: { type: 'resumed', service: 'BackupService' },
})

type Received = { headers: IncomingHttpHeaders; body: string }
const open: { close: () => void }[] = []
afterEach(() => open.splice(0).forEach((one) => one.close()))

/** A receiver that answers with these statuses in turn, the last one for ever. */
async function receiver(...statuses: readonly number[]) {
  const received: Received[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    received.push({ headers: request.headers, body: await text(request) })
    const status = statuses[Math.min(received.length, statuses.length) - 1] ?? 200
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end()
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(server)
  return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

function notifierTo(url: string, clock = systemClock) {
  const logger = new RecordingLogger()
  const notifier = new WebhookNotifier({ url, secret }, { clock, logger, random: () => 0 })
  open.push({ close: () => void notifier.stop() })
  return { notifier, logger }
}

describe('a webhook', () => {
  it('is posted for every event, in order, with a signature that the receiver can verify', async () => {
    const { received, url } = await receiver(200)
    const { notifier } = notifierTo(url)
    notifier.notify(event(1))
    notifier.notify(event(2))
    await expect.poll(() => received.length).toBe(2)
    const bodies = received.map(({ headers, body }) => new Webhook(secret).verify(body, headers as never))
    expect(bodies).toMatchObject([
      { type: 'gradvis.resumed', sequence: 1, service: 'BackupService', reason: 'because' },
      { sequence: 2, text: { sv: 'BackupService är återupptagen.' } },
    ])
  })

  it('is tried again under the same id until it is accepted', async () => {
    const { received, url } = await receiver(500, 503, 200)
    const { notifier, logger } = notifierTo(url)
    notifier.notify(event(7))
    await expect.poll(() => received.length).toBe(3)
    expect(received.map(({ headers }) => headers['webhook-id'])).toEqual(['7', '7', '7'])
    expect(logger.lines).toEqual([])
  })

  it('is given up after eight attempts, and the next event has its turn', async () => {
    const { received, url } = await receiver(...Array.from({ length: 8 }, () => 500), 200)
    const { notifier, logger } = notifierTo(url)
    notifier.notify(event(1))
    notifier.notify(event(2))
    await expect.poll(() => received.length).toBe(9)
    expect(logger.lines).toMatchObject([{ level: 'warn', fields: { sequence: 1 } }])
  })

  it('follows no redirect', async () => {
    const { received, url } = await receiver(302)
    const { notifier, logger } = notifierTo(url)
    notifier.notify(event(1))
    await expect.poll(() => logger.lines.length).toBe(1)
    expect(received.every(({ headers }) => headers['webhook-id'] === '1')).toBe(true)
    expect(received).toHaveLength(8)
  })

  it('keeps a thousand events for a receiver that is away, and logs which it drops', async () => {
    const clock = new ManualClock()
    const { notifier, logger } = notifierTo('http://127.0.0.1:9/', clock)
    for (let sequence = 1; sequence <= 1_010; sequence++) notifier.notify(event(sequence))
    expect(logger.lines.length).toBeGreaterThanOrEqual(9)
    await notifier.stop()
    expect(clock.pendingTimers).toBe(0)
  })
})

describe('what an operator has typed', () => {
  it('is posted without personal data, which is found once however often it is tried', async () => {
    const findings: LeakFinding[] = []
    const guard = new LeakGuard({ onFinding: (finding) => findings.push(finding) })
    const { received, url } = await receiver(500, 500, 200)
    const environment = { clock: systemClock, logger: new RecordingLogger(), random: () => 0, guard }
    const notifier = new WebhookNotifier({ url, secret }, environment)
    open.push({ close: () => void notifier.stop() })
    notifier.notify({ ...event(1), reason: 'asked for by 19900101-0017' })
    await expect.poll(() => received.length).toBe(3)
    expect(received.map(({ body }) => JSON.parse(body) as unknown)).toMatchObject(
      Array.from({ length: 3 }, () => ({ reason: 'asked for by [personnummer]' })),
    )
    expect(findings).toMatchObject([{ channel: 'webhook', path: 'reason' }])
  })
})

describe('a webhook that cannot be trusted', () => {
  it.each(['nonsense', 'http://example.org/', 'ftp://127.0.0.1/', 'https://user:pass@example.org/'])(
    'is refused: %s',
    (url) => {
      expect(() => notifierTo(url)).toThrow(/adress går inte att använda/)
    },
  )

  it('is refused with a short secret', () => {
    const environment = { clock: systemClock, logger: new RecordingLogger(), random: () => 0 }
    expect(() => new WebhookNotifier({ url: 'https://example.org/', secret: 'abc' }, environment)).toThrow(/24/)
  })
})
