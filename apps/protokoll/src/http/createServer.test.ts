import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { subjectKey } from '../database/generateRecords.ts'
import { type Protokoll, startProtokoll } from '../startProtokoll.ts'

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
