import { isServiceError } from '@gradvis/kernel'
import type { RolloutStore } from '@gradvis/rollout'

import { EXIT, type ExitCode } from '../exitCodes.ts'
import type { Session } from '../Session.ts'
import type { RolloutReader } from '../store/RolloutReader.ts'
import { changesOf } from '../store/changesOf.ts'
import type { Line } from '../terminal/Line.ts'
import { changeLines } from './changeLines.ts'
import { statusLines } from './statusLines.ts'
import { type StatusReport, statusReport } from './StatusReport.ts'

/** Percentages and times move by the second; the store tells of everything else at once. */
const REDRAW_MS = 1000

export type Watch = Readonly<{ store: RolloutStore; reader: RolloutReader; session: Session; json: boolean }>

/** Shows the status until Ctrl+C. A store that goes away is said so, and asked again. */
export async function watchStatus(watch: Watch): Promise<ExitCode> {
  const { terminal } = watch.session
  const show = watch.json || !terminal.canRedraw ? printer(watch) : drawer(watch)
  try {
    for await (const _change of changesOf(watch.store, watch.session, REDRAW_MS)) await show.next()
  } finally {
    show.end()
  }
  return EXIT.interrupted
}

type Show = Readonly<{ next: () => Promise<void>; end: () => void }>

/** A screen that is drawn again and again; the last picture stays on the terminal. */
function drawer({ reader, session }: Watch): Show {
  const { terminal, texts, clock, signal } = session
  const screen = terminal.openScreen()
  let last: readonly Line[] = []
  return {
    next: async () => {
      const footer: Line[] = []
      try {
        last = statusLines(statusReport(await reader.read(clock.now(), signal)), texts)
      } catch (error) {
        if (!isServiceError(error)) throw error
        footer.push({ text: texts.text('status.stale', { message: texts.describeError(error) }), style: 'alarm' })
      }
      screen.draw([...footer, ...last, '', { text: texts.text('status.stop'), style: 'dim' }])
    },
    end: () => {
      screen.close()
      terminal.print(last)
    },
  }
}

/** Lines that are only ever added, for a file or another program. */
function printer({ reader, session, json }: Watch): Show {
  const { terminal, texts, clock, signal } = session
  let before: StatusReport | undefined
  return {
    next: async () => {
      try {
        const report = statusReport(await reader.read(clock.now(), signal))
        const lines = changeLines(before, report, texts)
        before = report
        if (lines.length === 0) return
        if (json) terminal.printJson(report)
        else terminal.print(lines)
      } catch (error) {
        if (!isServiceError(error)) throw error
        terminal.note([texts.text('status.stale', { message: texts.describeError(error) })])
      }
    },
    end: () => {},
  }
}
