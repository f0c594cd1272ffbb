import { get } from 'node:http'
import { connect, createServer, type AddressInfo } from 'node:net'

import { describe, expect, it } from 'vitest'

import { NetworkWatch } from './NetworkWatch.ts'

const WAYS_OUT = {
  'a socket': (port: number) => void connect(port, '127.0.0.1').on('error', () => {}),
  'an http request': (port: number) => void get({ port, host: '127.0.0.1' }).on('error', () => {}),
  fetch: (port: number) => void fetch(`http://127.0.0.1:${port}/`).catch(() => {}),
}

describe('the watch on the network', () => {
  it.each(Object.entries(WAYS_OUT))('notices %s', async (_way, reachOut) => {
    using watch = new NetworkWatch()
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const reached = new Promise<void>((resolve) => {
      server.once('connection', (socket) => {
        socket.destroy()
        resolve()
      })
    })
    reachOut((server.address() as AddressInfo).port)
    await reached
    await new Promise((resolve) => server.close(resolve))
    expect(() => watch.expectNone()).toThrow('The network was tried')
  })

  it('is content when nobody reaches out', () => {
    using watch = new NetworkWatch()
    expect(() => watch.expectNone()).not.toThrow()
  })
})
