import { readFileSync } from 'node:fs'
import path from 'node:path'

import { describe, expect, it } from 'vitest'

import { webRTCPeerContract, WebRTCPeerService } from './webRTCPeerContract.ts'

const { joinRoom, getRoom, withdrawConsent } = webRTCPeerContract.operations

describe('the contract of WebRTCPeerService', () => {
  it('keeps a session where it was opened, and never rescues or shadows it', () => {
    expect(joinRoom).toMatchObject({ kind: 'session', handover: 'pin', rescue: false, idempotent: false })
    expect(joinRoom.shadow).toBeUndefined()
  })

  it('lets the withdrawal of consent be repeated and rescued', () => {
    expect(withdrawConsent).toMatchObject({ kind: 'write', idempotent: true, rescue: true })
  })

  it('compares no live state between the two sides', () => {
    expect(getRoom).toMatchObject({ kind: 'read', rescue: true })
    expect(getRoom.shadow).toBeUndefined()
  })

  it('wishes for audio, and nothing else, where no wish is given', () => {
    expect(joinRoom.input.parse({ roomId: 'r', peerId: 'p' })).toEqual({
      roomId: 'r',
      peerId: 'p',
      media: { audio: true },
    })
  })

  it('leaves an audit entry of what concerns a participant’s media, and none of looking', () => {
    expect([joinRoom, getRoom, withdrawConsent].map(({ audit }) => audit !== undefined)).toEqual([true, false, true])
  })

  it('names its token after the service', () => {
    expect(WebRTCPeerService.name).toBe('WebRTCPeerService')
  })

  it('can be imported without werift and ws', () => {
    const reached = importsFrom(path.join(import.meta.dirname, 'index.ts'))
    expect(reached.size).toBeGreaterThan(5)
    expect([...reached].filter((name) => !name.startsWith('/')).toSorted()).toEqual([
      '@gradvis/base-service',
      '@gradvis/kernel',
      '@gradvis/privacy',
      'zod',
    ])
  })
})

/** Every module that is loaded with a file: own ones as paths, others by name. Types are not loaded. */
function importsFrom(file: string, reached = new Set<string>()): Set<string> {
  if (reached.has(file)) return reached
  reached.add(file)
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^']*? from '([^']+)'/gms)
  for (const [, name = ''] of imports) {
    if (name.startsWith('.')) importsFrom(path.resolve(path.dirname(file), name), reached)
    else reached.add(name)
  }
  return reached
}
