import { once } from 'node:events'

import { ManualClock } from '@gradvis/kernel/testing'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocketServer } from 'ws'

import { RawSignallingClient as RawClient } from '../testing/RawSignallingClient.ts'
import { createWebSocketSignalling } from './createWebSocketSignalling.ts'
import type { SignallingMessage } from './SignallingTransport.ts'
import { type SignallingServer, type SignallingServerOptions, startSignallingServer } from './startSignallingServer.ts'

const PATIENCE = { timeout: 10_000, interval: 5 }
const signal = new AbortController().signal
let server: SignallingServer

async function start(options: Partial<SignallingServerOptions> = {}): Promise<void> {
  server = await startSignallingServer({ authorize: ({ token }) => token === 'invited', ...options })
}

beforeEach(() => start())

afterEach(() => server.close())

async function restart(options: Partial<SignallingServerOptions>): Promise<void> {
  await server.close()
  await start(options)
}

describe('the signalling server', () => {
  it('tells who is there, who comes and who goes, and stamps every signal with its sender', async () => {
    const transport = createWebSocketSignalling(server.url, { token: 'invited' })
    const anna = await transport.join({ roomId: 'room', peerId: 'anna', signal })
    const bo = await transport.join({ roomId: 'room', peerId: 'bo', signal })
    expect([anna.present, bo.present]).toEqual([[], ['anna']])
    bo.send('anna', { any: ['body'] })
    const atAnna: SignallingMessage[] = []
    anna.onMessage((message) => atAnna.push(message))
    await bo.close()
    await expect
      .poll(() => atAnna, PATIENCE)
      .toEqual([
        { type: 'peer-joined', peerId: 'bo' },
        { type: 'signal', from: 'bo', body: { any: ['body'] } },
        { type: 'peer-left', peerId: 'bo' },
      ])
    await anna.close()
    await anna.close()
    anna.send('bo', 'nothing happens')
  })

  it('listens on the loopback interface only, unless told otherwise', () => {
    expect(server.url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
  })

  it('fails to start on a port that is taken', async () => {
    const port = Number(new URL(server.url).port)
    await expect(startSignallingServer({ authorize: () => true, port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })
})

describe('a client that breaks the rules', () => {
  it.each([
    ['a signal before it has joined', { type: 'signal', to: 'anna', body: 1 }],
    ['a frame of an unknown type', { type: 'shutdown' }],
    ['a room id with a line break', { type: 'join', roomId: 'a\nb', peerId: 'x', token: 'invited' }],
    ['no token', { type: 'join', roomId: 'room', peerId: 'x' }],
    ['a token of 5,000 characters', { type: 'join', roomId: 'room', peerId: 'x', token: 'x'.repeat(5_000) }],
  ])('is sent away for %s', async (_what, frame) => {
    const client = await RawClient.open(server.url)
    client.send(frame)
    expect(await client.closed).toBe(1008)
    expect(client.frames).toEqual([])
  })

  it('is sent away for what is no JSON, and for bytes', async () => {
    const [text, bytes] = [await RawClient.open(server.url), await RawClient.open(server.url)]
    text.socket.send('{')
    bytes.socket.send(Buffer.from('{}'))
    expect(await text.closed).toBe(1008)
    expect(await bytes.closed).toBe(1008)
  })

  it('is sent away for naming another sender, and the room lives on', async () => {
    const [anna, bo] = [await RawClient.join(server.url, 'anna'), await RawClient.join(server.url, 'bo')]
    const mallory = await RawClient.join(server.url, 'mallory')
    mallory.send({ type: 'signal', to: 'anna', from: 'bo', body: 'forged' })
    expect(await mallory.closed).toBe(1008)
    bo.send({ type: 'signal', to: 'anna', body: 'real' })
    await expect.poll(() => anna.frames.at(-1), PATIENCE).toEqual({ type: 'signal', from: 'bo', body: 'real' })
    expect(anna.frames.filter(({ type }) => type === 'signal')).toHaveLength(1)
    expect(anna.frames).toContainEqual({ type: 'peer-left', peerId: 'mallory' })
  })

  it('reaches nobody in another room, and is sent away for joining a second one', async () => {
    const anna = await RawClient.join(server.url, 'anna', 'room-a')
    const mallory = await RawClient.join(server.url, 'mallory', 'room-b')
    mallory.send({ type: 'signal', to: 'anna', body: 'from outside' })
    mallory.send({ type: 'join', roomId: 'room-a', peerId: 'mallory', token: 'invited' })
    expect(await mallory.closed).toBe(1008)
    expect(anna.frames.map(({ type }) => type)).toEqual(['joined'])
  })

  it('is cut off for a frame of more than 128 KiB', async () => {
    const client = await RawClient.join(server.url, 'anna')
    client.send({ type: 'signal', to: 'anna', body: 'x'.repeat(131_072) })
    expect(await client.closed).toBe(1009)
  })

  it('is sent away for more frames than its share', async () => {
    const client = await RawClient.join(server.url, 'anna')
    for (let count = 0; count < 1_000; count += 1) client.send({ type: 'signal', to: 'bo', body: count })
    expect(await client.closed).toBe(1008)
    await expect(RawClient.join(server.url, 'anna')).resolves.toBeDefined()
  })
})

describe('authorization', () => {
  it('is asked with room, peer and token, and a rejection is a no', async () => {
    const asked: unknown[] = []
    await restart({
      authorize: (request) => {
        asked.push(request)
        return Promise.reject(new Error('the user store is away'))
      },
    })
    const client = await RawClient.open(server.url)
    client.send({ type: 'join', roomId: 'room', peerId: 'anna', token: 'secret' })
    expect(await client.closed).toBe(1008)
    expect(client.frames).toEqual([{ type: 'refused', reason: 'join_refused' }])
    expect(asked).toEqual([{ roomId: 'room', peerId: 'anna', token: 'secret' }])
  })

  it('lets nobody in who has gone before it was granted', async () => {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    let asked = 0
    await restart({ authorize: () => ((asked += 1) > 1 ? true : promise) })
    const gone = await RawClient.open(server.url)
    gone.send({ type: 'join', roomId: 'room', peerId: 'anna', token: '' })
    await expect.poll(() => asked, PATIENCE).toBe(1)
    gone.socket.close()
    await once(gone.socket, 'close')
    resolve(true)
    const next = await RawClient.join(server.url, 'bo')
    expect(next.frames).toEqual([{ type: 'joined', present: [] }])
  })
})

describe('silence', () => {
  it('is not waited for: a client that does not join within 5 s is sent away', async () => {
    const clock = new ManualClock()
    await restart({ clock })
    const client = await RawClient.open(server.url)
    const joined = await RawClient.join(server.url, 'anna')
    clock.advance(5_000)
    expect(await client.closed).toBe(1008)
    expect(joined.isClosed).toBe(false)
  })

  it('is noticed: a client that answers no ping is cut off at the second', async () => {
    const clock = new ManualClock()
    await restart({ clock })
    const dead = await RawClient.join(server.url, 'dead')
    const alive = await RawClient.join(server.url, 'alive')
    dead.socket.pong = () => {}
    const pings = { dead: 0, alive: 0 }
    dead.socket.on('ping', () => (pings.dead += 1))
    alive.socket.on('ping', () => (pings.alive += 1))
    dead.socket.pause()
    clock.advance(15_000)
    await expect.poll(() => pings.alive, PATIENCE).toBe(1)
    // A round trip after the ping, so that the answer to it is there.
    alive.send({ type: 'signal', to: 'alive', body: 'echo' })
    await expect.poll(() => alive.frames.at(-1)?.['body'], PATIENCE).toBe('echo')
    clock.advance(15_000)
    await expect.poll(() => alive.frames.at(-1), PATIENCE).toEqual({ type: 'peer-left', peerId: 'dead' })
    expect(alive.isClosed).toBe(false)
  })
})

describe('the WebSocket client', () => {
  it('leaves a server that talks nonsense', async () => {
    const nonsense = new WebSocketServer({ host: '127.0.0.1', port: 0 })
    await once(nonsense, 'listening')
    nonsense.on('connection', (socket) => socket.send('{"type":"welcome"}'))
    const { port } = nonsense.address() as { port: number }
    const transport = createWebSocketSignalling(`ws://127.0.0.1:${port}`, { token: '' })
    await expect(transport.join({ roomId: 'r', peerId: 'p', signal })).rejects.toMatchObject({
      code: 'webrtc.signalling_unreachable',
    })
    await new Promise((resolve) => {
      nonsense.close(resolve)
    })
  })

  it('gives a server that never answers up after its own time', async () => {
    await restart({ authorize: () => new Promise(() => {}) })
    const transport = createWebSocketSignalling(server.url, { token: '', joinTimeoutMs: 50 })
    await expect(transport.join({ roomId: 'r', peerId: 'p', signal })).rejects.toMatchObject({
      code: 'webrtc.signalling_unreachable',
    })
  })

  it('says that the room is lost when the server goes, and nothing after it was closed', async () => {
    const transport = createWebSocketSignalling(server.url, { token: 'invited' })
    const [lost, closed] = await Promise.all([
      transport.join({ roomId: 'r', peerId: 'a', signal }),
      transport.join({ roomId: 'r', peerId: 'b', signal }),
    ])
    const [atLost, atClosed]: SignallingMessage[][] = [[], []]
    lost.onMessage((message) => atLost!.push(message))
    closed.onMessage((message) => atClosed!.push(message))
    await closed.close()
    const before = atClosed!.length
    await server.close()
    await expect.poll(() => atLost!.at(-1), PATIENCE).toEqual({ type: 'lost' })
    expect(atClosed).toHaveLength(before)
  })
})
