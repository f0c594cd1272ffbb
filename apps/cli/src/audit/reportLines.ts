import type { TrailReport } from '@gradvis/privacy'

import type { Line } from '../terminal/Line.ts'
import type { Texts } from '../texts/cliMessages.ts'

/** What a verification has found, for people. `proven`: a checkpoint was given, so nothing was replaced either. */
export function reportLines(
  report: TrailReport,
  { isKeyed, isProven }: Readonly<{ isKeyed: boolean; isProven: boolean }>,
  texts: Texts,
): readonly Line[] {
  const { first, entries, erased, checkpoint, broken } = report
  if (broken) {
    const how = texts.text(`audit_break.${broken.kind}`)
    return [
      { text: texts.text('audit_trail.broken', { sequence: broken.sequence, how }), style: 'bad' },
      texts.text('audit_trail.before', { entries }),
    ]
  }
  if (entries === 0) return [texts.text('audit_trail.empty')]
  return [
    { text: texts.text('audit_trail.valid', { entries, first, last: checkpoint.sequence }), style: 'good' },
    ...(first > 1 ? [texts.text('audit_trail.part', { before: first - 1 })] : []),
    ...(erased > 0 ? [texts.text('audit_trail.erased', { erased })] : []),
    texts.text('audit_trail.checkpoint', { checkpoint: `${checkpoint.sequence}:${checkpoint.hash}` }),
    ...(isProven ? [] : [texts.text('audit_trail.keep')]),
    ...(isProven || isKeyed ? [] : [texts.text('audit_trail.keyless')]),
  ]
}
