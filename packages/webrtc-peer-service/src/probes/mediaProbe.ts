import type { ProbeEvidence, ProbeScratch } from '@gradvis/base-service'
import { disposer, isServiceError } from '@gradvis/kernel'

import type { PeerSession } from '../PeerSession.ts'
import { comesTrue } from './comesTrue.ts'
import { Hearing } from './Hearing.ts'
import { ScratchRooms } from './ScratchRooms.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** What MediaBaseService promises: no audio without consent, none after its withdrawal, and nothing after the stop. */
export async function mediaProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  const rooms = await ScratchRooms.open(scratch, create)
  await scratch.check('starting twice is starting once', async () => {
    await rooms.service.start(scratch.signal)
    return rooms.isEmpty('any')
  })
  await checkMissingConsent(scratch, rooms)
  await checkNoAudio(scratch, rooms)
  await checkWithdrawal(scratch, rooms)
  await checkStop(scratch, rooms)
  return {}
}

async function checkMissingConsent(scratch: ProbeScratch, rooms: ScratchRooms): Promise<void> {
  const consents = {
    'no consent': undefined,
    'consent to something else': { purposes: ['video', 'recording'], version: 'probe', givenAt: 0 },
  } as const
  for (const [name, consent] of Object.entries(consents)) {
    await scratch.check(`${name}: no audio`, async () => {
      const { service } = rooms
      const input = { roomId: 'refused', peerId: 'peer-1', ...(consent && { consent }) }
      const isRefused = await fails(() => service.joinRoom(input, { signal: scratch.signal }), 'media.consent_missing')
      return isRefused && (await rooms.isEmpty('refused'))
    })
  }
}

async function checkNoAudio(scratch: ProbeScratch, rooms: ScratchRooms): Promise<void> {
  await scratch.check('who asked for no audio sends none', async () => {
    const [listener, quiet] = await rooms.pair('quiet', { consent: undefined, media: { audio: false } })
    using hearing = new Hearing(scratch, quiet, listener)
    const isWithheld = quiet.audio === 'withheld' && (await hearing.isTold('withheld'))
    const isSilent = isWithheld && (await hearing.isSilent())
    const isRefused = await fails(async () => quiet.unmute(), 'media.consent_missing')
    await Promise.all([listener.leave(), quiet.leave()])
    return isSilent && isRefused
  })
}

async function checkWithdrawal(scratch: ProbeScratch, rooms: ScratchRooms): Promise<void> {
  const { signal } = scratch
  const [speaker, listener] = await rooms.pair('open')
  using hearing = new Hearing(scratch, speaker, listener)
  await scratch.check('who agreed is heard', async () => speaker.audio === 'live' && (await hearing.begins()))
  await scratch.check('withdrawal closes audio at once', async () => {
    const { sessions } = await rooms.service.withdrawConsent({ peerId: speaker.peerId, roomId: 'open' }, { signal })
    const isSilent = speaker.audio === 'withheld' && (await hearing.isSilent())
    return sessions === 1 && isSilent && (await hearing.isTold('withheld'))
  })
  await scratch.check('withdrawn stays withdrawn', async () => {
    const isRefused = await fails(async () => speaker.unmute(), 'media.consent_missing')
    return isRefused && speaker.audio === 'withheld' && (await hearing.isSilent())
  })
  await scratch.check('withdrawal touches nobody else', async () => {
    using other = new Hearing(scratch, listener, speaker)
    return listener.audio === 'live' && (await other.begins())
  })
}

/** The last: the instance serves nobody afterwards. The room of the withdrawal is still open. */
async function checkStop(scratch: ProbeScratch, rooms: ScratchRooms): Promise<void> {
  await scratch.check('stopping closes every session and every track', async () => {
    const session = await rooms.join('last', 'peer-1')
    await Promise.all([rooms.service.stop(), rooms.service.stop()])
    return (await closes(scratch, session)) && session.audio === 'withheld' && rooms.service.reportBytes() === 0
  })
  await scratch.check('a stopped instance refuses', () =>
    fails(() => rooms.join('last', 'peer-1'), 'service.not_running'),
  )
}

function closes(scratch: ProbeScratch, session: PeerSession): Promise<boolean> {
  let isClosed = false
  const listen = (ask: () => void) => {
    void session.closed.then(() => {
      isClosed = true
      return ask()
    })
    return disposer(() => {})
  }
  return comesTrue(scratch, listen, () => isClosed)
}

async function fails(act: () => Promise<unknown>, code: string): Promise<boolean> {
  try {
    await act()
    return false
  } catch (error) {
    return isServiceError(error) && error.code === code
  }
}
