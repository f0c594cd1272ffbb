import { describe, expect, it } from 'vitest'

import { createSessionDirectory } from '../SessionDirectory.ts'
import { ROOM, Stage } from '../testing/Stage.ts'
import { createMigratedWebRTCPeerService } from './index.ts'

const create = createMigratedWebRTCPeerService

function changesOf({ trail }: Stage) {
  return trail.records
    .filter(({ action }) => action.startsWith('consent.'))
    .map(({ action, subject, details }) => [action, subject, details?.['purpose'], details?.['version']])
}

describe('consent to be heard', () => {
  it('leaves its own entries in the audit trail: given on joining, withdrawn once, of the participant', async () => {
    await using stage = await Stage.open(create)
    await stage.join('anna')
    await stage.join('anna', { roomId: 'board-2' })
    await stage.service.withdrawConsent({ peerId: 'anna', roomId: ROOM })
    await stage.service.withdrawConsent({ peerId: 'anna', roomId: ROOM })
    expect(changesOf(stage)).toEqual([
      ['consent.given', 'anna', 'audio', '2025-01'],
      ['consent.given', 'anna', 'audio', '2025-01'],
      ['consent.withdrawn', 'anna', 'audio', '2025-01'],
    ])
  })

  it('is not withdrawn by leaving, nor by a service that stops', async () => {
    const stage = await Stage.open(create)
    const anna = await stage.join('anna')
    await stage.join('bo')
    await anna.leave()
    await stage.service.stop()
    expect(changesOf(stage).map(([action]) => action)).toEqual(['consent.given', 'consent.given'])
  })

  it('is not given where no audio is wished for', async () => {
    await using stage = await Stage.open(create)
    await stage.join('anna', { media: { audio: false } })
    expect(changesOf(stage)).toEqual([])
  })

  it('has its entry also where another instance heard of the withdrawal', async () => {
    const directory = createSessionDirectory()
    await using stage = await Stage.open(create, { directory })
    const anna = await stage.join('anna')
    directory.withdrawConsent('anna')
    expect(anna.audio).toBe('withheld')
    await expect.poll(() => changesOf(stage).at(-1)?.[0]).toBe('consent.withdrawn')
  })
})
