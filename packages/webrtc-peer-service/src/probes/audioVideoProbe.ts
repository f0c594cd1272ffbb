import type { ProbeEvidence, ProbeScratch } from '@gradvis/base-service'

import { createMemorySignalling } from '../signalling/createMemorySignalling.ts'
import type { SignallingTransport } from '../signalling/SignallingTransport.ts'
import { signalBody } from '../wire/SignalBody.ts'
import { Hearing } from './Hearing.ts'
import { ScratchRooms } from './ScratchRooms.ts'
import type { ServiceFactory } from './ServiceFactory.ts'

/** One second of sound each way. */
const PACKETS = 50
/** Loss that an Opus decoder conceals. Loopback loses nothing unless the process cannot keep up. */
const MAX_LOST_PACKETS = 1

const ROOM = 'room'

/** Sound arrives both ways, whole and in order; muting silences for real; and nobody is offered a picture. */
export async function audioVideoProbe(scratch: ProbeScratch, create: ServiceFactory): Promise<ProbeEvidence> {
  const mediaLines: string[] = []
  const rooms = await ScratchRooms.open(scratch, create, overheard(mediaLines))
  const [first, second] = await rooms.pair(ROOM)
  using there = new Hearing(scratch, first, second)
  using back = new Hearing(scratch, second, first)
  const lost: (number | undefined)[] = []
  await scratch.check('sound arrives both ways', async () => {
    const both = [there, back]
    if (!(await Promise.all(both.map((hearing) => hearing.begins()))).every(Boolean)) return false
    lost.push(...(await Promise.all(both.map((hearing) => hearing.speaks(PACKETS)))))
    return lost.every((count) => count !== undefined && count <= MAX_LOST_PACKETS)
  })
  // Who is never heard cannot be muted either.
  if (there.packets + back.packets === 0) return { packets: 0 }
  await scratch.check('muting silences', async () => {
    first.mute()
    const isSilent = first.audio === 'muted' && (await there.isSilent())
    return isSilent && (await there.isTold('muted'))
  })
  await scratch.check('muting silences nobody else', async () => second.audio === 'live' && (await back.begins()))
  await scratch.check('sound comes back', async () => {
    first.unmute()
    return first.audio === 'live' && (await there.isTold('live')) && (await there.begins())
  })
  await scratch.check('no video is offered', async () => {
    const kinds = new Set(mediaLines)
    return kinds.has('audio') && !kinds.has('video')
  })
  await scratch.check('both leave', async () => {
    await Promise.all([first.leave(), second.leave()])
    return rooms.isEmpty(ROOM)
  })
  const longestGapMs = Math.max(there.longestGapMs, back.longestGapMs)
  return { packets: there.packets + back.packets, lost: lost.reduce(sum, 0) ?? 'changed or out of order', longestGapMs }
}

function sum(all: number | undefined, one: number | undefined): number | undefined {
  return all === undefined || one === undefined ? undefined : all + one
}

/** Notes the kind of every media line of the descriptions that pass. */
function overheard(mediaLines: string[]): SignallingTransport {
  const signalling = createMemorySignalling()
  return {
    async join(request) {
      const channel = await signalling.join(request)
      const send = (to: string, body: unknown) => {
        const { data } = signalBody.safeParse(body)
        const sdp = data && 'sdp' in data ? data.sdp : ''
        for (const [, kind = ''] of sdp.matchAll(/^m=(\w+)/gm)) mediaLines.push(kind)
        channel.send(to, body)
      }
      return { ...channel, send }
    },
  }
}
