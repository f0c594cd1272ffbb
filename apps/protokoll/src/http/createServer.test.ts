import { BackupService } from '@gradvis/backup-service'
import { ServiceError } from '@gradvis/kernel'
import { RecordingLogger } from '@gradvis/kernel/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { subjectKey } from '../database/generateRecords.ts'
import { createServer } from './createServer.ts'
import { type Protokoll, startProtokoll } from '../startProtokoll.ts'
import { createAccessTokens } from './accessTokens.ts'

let protokoll: Protokoll

beforeAll(async () => {
  protokoll = await startProtokoll({ now: Date.parse('2025-01-16T00:00:00Z'), subjects: 4, port: 0, env: {} })
})
afterAll(() => protokoll.stop())

async function call(
  method: string,
  path: string,
  {
    subject = subjectKey(0),
    headers = {},
    body,
  }: { subject?: string; headers?: Record<string, string>; body?: unknown } = {},
) {
  const response = await fetch(protokoll.url + path, {
    method,
    headers: {
      authorization: `Bearer ${protokoll.tokens.issue(subject)}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

describe('access', () => {
  it.each(['GET /api/meetings', 'POST /api/backups', 'DELETE /api/subject'])(
    'refuses %s without a token',
    async (route) => {
      const [method = '', path = ''] = route.split(' ')
      expect(await call(method, path, { headers: { authorization: '' } })).toMatchObject({ status: 401 })
    },
  )

  it.each(['/%61pi/network/status', '/%61%70%69/rooms/board', '/api%2Fmeetings', '//api/meetings', '/API/meetings'])(
    'serves nothing without a token under %s',
    async (path) => {
      const { status } = await call('GET', path, { headers: { authorization: '' } })
      expect([401, 404]).toContain(status)
    },
  )

  it.each(['HEAD', 'OPTIONS'])('refuses %s without a token', async (method) => {
    const response = await fetch(`${protokoll.url}/api/meetings`, { method })
    expect(response.status).toBe(401)
  })

  it('is not open to who signs with an empty secret, when PROTOKOLL_TOKEN_SECRET is set to nothing', () => {
    const forged = createAccessTokens('').issue('subject-0000')
    expect(createAccessTokens('').subjectOf(`Bearer ${forged}`)).toBeUndefined()
  })

  it('refuses a forged token, in the language of the caller', async () => {
    const forged = `Bearer ${protokoll.tokens.issue(subjectKey(1)).replace(subjectKey(1), subjectKey(2))}`
    const refused = await call('GET', '/api/meetings', { headers: { authorization: forged, 'accept-language': 'en' } })
    expect(refused).toMatchObject({ status: 401, body: { message: expect.stringContaining('access token') as string } })
  })

  it('gives the nonce back on /health without a token', async () => {
    expect(await (await fetch(`${protokoll.url}/health?nonce=abc`)).json()).toEqual({ ok: true, nonce: 'abc' })
  })
})

describe('backups over HTTP', () => {
  it('creates, lists, verifies, restores and deletes, on the side that the rollout gives', async () => {
    const { body: created } = await call('POST', '/api/backups')
    const backupId = created['id'] as string
    expect((await call('GET', '/api/backups')).body).toMatchObject({ backups: [{ id: backupId, recordCount: 11 }] })
    expect((await call('POST', `/api/backups/${backupId}/verify`)).body).toMatchObject({ intact: true })
    expect((await call('POST', `/api/backups/${backupId}/restore`)).body).toMatchObject({ restoredRecords: 11 })
    expect((await call('DELETE', `/api/backups/${backupId}`)).body).toEqual({ deleted: true })
    expect((await call('GET', '/api/decisions')).body).toMatchObject({
      BackupService: { decision: { implementation: 'migrated' } },
    })
  })

  it('never shows one subject another’s backup', async () => {
    const { body: created } = await call('POST', '/api/backups')
    const foreign = await call('POST', `/api/backups/${created['id'] as string}/verify`, { subject: subjectKey(1) })
    expect(foreign).toMatchObject({ status: 404, body: { code: 'backup.not_found' } })
  })

  it('answers bad input with a code, a status and a sentence', async () => {
    const bad = await call('POST', '/api/backups/no-uuid/verify')
    expect(bad).toMatchObject({ status: 400, body: { code: 'service.invalid_input' } })
    expect(bad.body['message']).toMatch(/Ogiltiga uppgifter/)
  })

  it('erases a subject, records and backups', async () => {
    const subject = subjectKey(3)
    await call('POST', '/api/backups', { subject })
    expect((await call('DELETE', '/api/subject', { subject })).body).toMatchObject({ records: 11 })
    expect((await call('GET', '/api/meetings', { subject })).body).toEqual([])
    expect((await call('GET', '/api/backups', { subject })).body).toMatchObject({ backups: [] })
  })
})

describe('a request that cannot be read', () => {
  const raw = async (language: string, body: string, type = 'application/json') => {
    const authorization = `Bearer ${protokoll.tokens.issue(subjectKey(0))}`
    const headers = { authorization, 'content-type': type, 'accept-language': language }
    const response = await fetch(`${protokoll.url}/api/rooms/r/session`, { method: 'POST', headers, body })
    return { status: response.status, ...((await response.json()) as { code: string; message: string }) }
  }

  it.each([
    ['malformed JSON', '{"a":', 'application/json', 400, 'http.bad_request', /JSON/],
    ['a polluted prototype', '{"__proto__": {"x": 1}}', 'application/json', 400, 'http.bad_request', /JSON/],
    ['a body too large', `"${'x'.repeat(70_000)}"`, 'application/json', 413, 'http.body_too_large', /64 KiB/],
    ['another type', 'x', 'text/xml', 415, 'http.unsupported_media_type', /application\/json/],
  ])('is refused in the language of the caller: %s', async (_name, ...given) => {
    const [body, type, status, code, says] = given
    const [swedish, english] = [await raw('sv', body, type), await raw('en', body, type)]
    expect([swedish, english]).toMatchObject([
      { status, code },
      { status, code },
    ])
    expect(swedish.message).toMatch(says)
    expect(english.message).toMatch(says)
    expect(swedish.message).not.toBe(english.message)
  })

  it('is told in its language that a page or a path is none', async () => {
    const headers = { 'accept-language': 'sv' }
    expect(await call('GET', '/api/nothing', { headers })).toMatchObject({
      status: 404,
      body: { code: 'http.not_found', message: expect.stringContaining('finns inte') as string },
    })
    expect(await call('GET', '/api/%zz', { headers })).toMatchObject({
      status: 400,
      body: { code: 'http.bad_request' },
    })
  })

  it('cannot make a subject somebody else by its body', async () => {
    const consent = { purposes: ['audio'], version: '1', givenAt: 0 }
    const body = { consent, peerId: subjectKey(2), roomId: 'elsewhere' }
    expect((await call('POST', '/api/rooms/own/session', { body })).status).toBe(201)
    expect((await call('GET', '/api/rooms/own')).body).toMatchObject({ participants: [{ peerId: subjectKey(0) }] })
    const again = await call('POST', '/api/rooms/own/session', { body })
    expect(again.status).toBe(409)
    expect((await call('DELETE', '/api/rooms/own/session')).body).toEqual({ left: true })
  })
})

describe('stop', () => {
  it('may be asked for twice', async () => {
    const other = await startProtokoll({ now: 0, subjects: 2, port: 0, env: {} })
    await Promise.all([other.stop(), other.stop()])
    await expect(fetch(`${other.url}/health`)).rejects.toThrow('fetch failed')
  })
})

describe('network over HTTP', () => {
  it('probes the application itself', async () => {
    const { body } = await call('POST', '/api/network/check')
    expect(body).toMatchObject({ endpoints: [{ endpoint: 'protokoll', reachable: true, statusCode: 200 }] })
  })
})

describe('rooms over HTTP', { timeout: 60_000 }, () => {
  const consent = { purposes: ['audio'], version: '1', givenAt: 0 }

  it('lets two subjects meet, withdraw consent and leave', async () => {
    const [first, second] = [subjectKey(0), subjectKey(1)]
    const joined = await Promise.all(
      [first, second].map((subject) => call('POST', '/api/rooms/board/session', { subject, body: { consent } })),
    )
    expect(joined.map(({ status }) => status)).toEqual([201, 201])
    expect((await call('GET', '/api/rooms/board')).body).toMatchObject({ participantCount: 2 })
    expect((await call('POST', '/api/rooms/board/consent/withdraw')).body).toEqual({ sessions: 1 })
    for (const subject of [first, second])
      expect((await call('DELETE', '/api/rooms/board/session', { subject })).body).toEqual({ left: true })
    expect((await call('GET', '/api/rooms/board')).body).toMatchObject({ participantCount: 0 })
  })

  it('refuses audio without consent', async () => {
    const refused = await call('POST', '/api/rooms/other/session', { body: {} })
    expect(refused).toMatchObject({ status: 409, body: { code: 'media.consent_missing' } })
  })
})

describe('a failure of a service', () => {
  it('is logged with its route and code, and answered without a cause', async () => {
    const logger = new RecordingLogger()
    const { layer, database, tokens } = protokoll
    const server = createServer({ layer, database, tokens, logger })
    const broken = new ServiceError('test.broken', { fault: 'service', retryable: false, sv: 'trasig', en: 'broken' })
    using _swap = layer.swap(BackupService, { getRetentionPolicy: () => Promise.reject(broken) })
    using _legacy = layer.swap(BackupService, { getRetentionPolicy: () => Promise.reject(broken) }, 'legacy')
    const authorization = `Bearer ${tokens.issue(subjectKey(0))}`
    const response = await server.inject({ url: '/api/retention', headers: { authorization } })
    expect(response.statusCode).toBe(500)
    expect(response.json()).toMatchObject({ code: 'test.broken' })
    expect(logger.lines).toEqual([
      { level: 'error', message: 'request failed', fields: { route: '/api/retention', code: 'test.broken' } },
    ])
  })
})

describe('the rollout', () => {
  it('is said not to run where the dates alone decide, with what to do about it', async () => {
    expect(await call('GET', '/api/rollout', { headers: { 'accept-language': 'en' } })).toMatchObject({
      status: 404,
      body: { code: 'http.no_rollout', message: expect.stringContaining('--store') as string },
    })
  })

  it('is not told without a token', async () => {
    expect(await call('GET', '/api/rollout', { headers: { authorization: '' } })).toMatchObject({ status: 401 })
  })
})
