import { RTCPeerConnection } from 'werift'
import { afterEach, describe, expect, it } from 'vitest'

import { askNoDefaultStunServer } from './askNoDefaultStunServer.ts'

const connections: RTCPeerConnection[] = []

function connectionWith(iceServers: { urls: string }[]): RTCPeerConnection {
  const connection = new RTCPeerConnection({ iceServers })
  connections.push(connection)
  connection.createDataChannel('any')
  return connection
}

const serversOf = (connection: RTCPeerConnection) =>
  connection.iceTransports.map((one) => one.connection.stunServer?.[0])

afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()))
})

describe('the default STUN server of werift', () => {
  it('is there without being asked for: when this fails, the function is needed no more', async () => {
    const connection = connectionWith([])
    await connection.createOffer()
    expect(serversOf(connection)).toEqual(['stun.l.google.com'])
  })

  it('is taken out before anything is gathered', async () => {
    const connection = connectionWith([])
    const offer = await connection.createOffer()
    askNoDefaultStunServer(connection)
    await connection.setLocalDescription(offer)
    expect(serversOf(connection)).toEqual([undefined])
  })

  it('leaves a configured server alone', async () => {
    const connection = connectionWith([{ urls: 'stun:127.0.0.1:3478' }])
    await connection.createOffer()
    askNoDefaultStunServer(connection)
    expect(serversOf(connection)).toEqual(['127.0.0.1'])
  })
})
