import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

import { type ErrorCatalog, type Params, ServiceError } from '@gradvis/kernel'
import { messageProblems, type Provocation } from '@gradvis/kernel/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { parseArguments } from './Arguments.ts'
import { subjectKey } from './database/generateRecords.ts'
import { httpErrors } from './http/httpErrors.ts'
import { startFailure } from './startFailure.ts'
import { type Protokoll, type ProtokollOptions, startProtokoll } from './startProtokoll.ts'
import { protokollErrors } from './texts/protokollErrors.ts'

const CATALOG: ErrorCatalog = { ...protokollErrors.catalog, ...httpErrors.catalog }
const START: ProtokollOptions = { now: Date.parse('2025-01-16T00:00:00Z'), subjects: 2, port: 0, env: {} }
let protokoll: Protokoll

beforeAll(async () => {
  protokoll = await startProtokoll(START)
})
afterAll(() => protokoll.stop())

type Request = Readonly<{ method?: string; body?: string; headers?: Readonly<Record<string, string>> }>

/** Makes a request and throws the refusal that came over the wire. */
async function refused(path: string, init: Request = {}): Promise<never> {
  const authorization = `Bearer ${protokoll.tokens.issue(subjectKey(0))}`
  const response = await fetch(protokoll.url + path, { ...init, headers: { authorization, ...init.headers } })
  const { code, message, params } = (await response.json()) as { code: string; message: string; params: Params }
  const definition = CATALOG[code as keyof ErrorCatalog]
  if (definition === undefined) throw new Error(`${code}: ${message}`)
  const error = new ServiceError(code, definition, params)
  expect(message).toBe(error.message)
  throw error
}

const room = '/api/rooms/r/session'
const posted = (body: string, type = 'application/json') => ({
  method: 'POST',
  body,
  headers: { 'content-type': type },
})

async function startAndFail(options: ProtokollOptions): Promise<void> {
  const [outcome] = await Promise.allSettled([startProtokoll(options)])
  throw outcome.status === 'rejected' ? (startFailure(outcome.reason) ?? outcome.reason) : new Error('it started')
}

const CASES: Readonly<Record<string, Provocation>> = {
  'start.invalid_arguments': () => parseArguments(['--now', 'yesterday', '--port', '70000', '--subjects', '3']),
  'start.port_unusable': async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as { port: number }
    await startAndFail({ ...START, port }).finally(() => void other.close())
  },
  'start.folder_unusable': () => startAndFail({ ...START, data: fileURLToPath(import.meta.url) }),
  'http.unauthorized': () => refused('/api/meetings', { headers: { authorization: '' } }),
  'http.not_found': () => refused('/api/nothing'),
  'http.no_rollout': () => refused('/api/rollout'),
  'http.bad_request': () => refused(room, posted('{"a":')),
  'http.body_too_large': () => refused(room, posted(`"${'x'.repeat(70_000)}"`)),
  'http.unsupported_media_type': () => refused(room, posted('x', 'text/xml')),
}

describe('every code of the application, provoked', () => {
  it.each(Object.keys(CATALOG))('%s is told well in both languages', async (code) => {
    expect(await messageProblems(code, CASES[code], CATALOG)).toEqual([])
  })

  it.each([
    ['--onse'],
    ['--now'],
    ['extra'],
    ['--port', 'many'],
    ['--accelerate', 'fast'],
    ['--accelerate', '10', '--now', '2025-01-16T00:00:00Z'],
    ['--fault', 'BackupService:errors@50%'],
    ['--accelerate', '10', '--fault', 'BakupService:errors'],
    ['--accelerate', '10', '--fault', 'BackupService:memory'],
  ])('the refusal of %s %s is told well in both languages', async (...args) => {
    expect(await messageProblems('start.invalid_arguments', () => parseArguments(args), CATALOG)).toEqual([])
  })
})
