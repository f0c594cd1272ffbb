import type { Logger } from '@gradvis/kernel'

import { framesOf } from '../../framesOf.ts'
import type { RecordingSink } from './RecordingSink.ts'
import type { RecordingEnd, RecordingEnded } from './RecordingState.ts'

/** How long a sink may take for its last write, and again for cutting and closing. */
const SINK_PATIENCE_MS = 5_000

export type Finish = Readonly<{
  sink: RecordingSink
  logger: Logger
  reason: RecordingEnd
  inFlight: Promise<unknown>
  /** Bytes that the sink may hold. */
  written: () => number
  /** Bytes that may be kept, as it is known now: less, when an earlier withdrawal comes in meanwhile. */
  allowed: () => number
  endsWithin: (work: Promise<unknown>, limitMs: number) => Promise<boolean>
}>

/** Cuts off what must not be kept and closes. Keeps nothing at all rather than too much. Never rejects. */
export async function finishRecording(finish: Finish): Promise<RecordingEnded> {
  const { sink, reason, logger } = finish
  try {
    await inTime(finish, finish.inFlight)
    const sizeBytes = await inTime(finish, cutAndClose(finish))
    if (sizeBytes > 0) return { status: 'ended', reason, outcome: 'kept', sizeBytes }
  } catch (error) {
    logger.error('a recording is discarded, because its sink could not finish it', { frames: framesOf(error) })
  }
  try {
    await inTime(finish, sink.discard())
    return { status: 'ended', reason, outcome: 'discarded', sizeBytes: 0 }
  } catch (error) {
    logger.error('a recording that must not be kept could not be removed', { frames: framesOf(error) })
    return { status: 'ended', reason, outcome: 'not_removed', sizeBytes: 0 }
  }
}

/** Resolves to the size that was closed; 0 when nothing may be kept. */
async function cutAndClose({ sink, written, allowed }: Finish): Promise<number> {
  let sizeBytes = written()
  while (allowed() < sizeBytes) {
    sizeBytes = allowed()
    if (sizeBytes > 0) await sink.truncate(sizeBytes)
  }
  if (sizeBytes === 0) return 0
  await sink.close()
  return allowed() < sizeBytes ? 0 : sizeBytes
}

async function inTime<T>({ endsWithin }: Finish, work: Promise<T>): Promise<T> {
  if (!(await endsWithin(work, SINK_PATIENCE_MS))) throw new Error('the sink took too long')
  return work
}
