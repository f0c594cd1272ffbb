import { createSocket } from 'node:dgram'
import { Resolver } from 'node:dns/promises'
import { once } from 'node:events'
import { connect } from 'node:net'

import { describe, expect, it } from 'vitest'

import { ScratchBackend } from './ScratchBackend.ts'
import { startNameServer } from './startNameServer.ts'

describe('the scratch servers, which anybody on the machine may reach', () => {
  it('survive a request for what is no address', async () => {
    await using backend = await ScratchBackend.open()
    const socket = connect(backend.port, '127.0.0.1')
    socket.end('GET // HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')
    const [answer] = (await once(socket, 'data')) as [Buffer]
    expect(answer.toString()).toContain('404')
    socket.destroy()
    expect((await fetch(backend.url('/healthy'))).status).toBe(200)
  })

  it('survive a packet that is no query', async () => {
    await using server = await startNameServer()
    const [host = '', port = ''] = server.address.split(':')
    const socket = createSocket('udp4')
    for (const length of [0, 1, 11, 12, 13, 17])
      await new Promise((resolve) => {
        socket.send(Buffer.alloc(length, 1), Number(port), host, resolve)
      })
    socket.close()
    const resolver = new Resolver()
    resolver.setServers([server.address])
    await expect(resolver.resolve4('backend.invalid')).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('serve again after they were closed, and not after they were disposed of', async () => {
    const backend = await ScratchBackend.open()
    await backend.close()
    await expect(fetch(backend.url('/healthy'))).rejects.toThrow('fetch failed')
    const reopening = backend.reopen()
    await backend[Symbol.asyncDispose]()
    await reopening
    await expect(fetch(backend.url('/healthy'))).rejects.toThrow('fetch failed')
  })
})
