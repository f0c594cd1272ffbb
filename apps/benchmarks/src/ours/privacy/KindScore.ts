import type { PersonalDataKind } from '@gradvis/privacy'

import type { MeasuredKind } from './itemSentences.ts'
import type { Label, Phrase } from './Phrase.ts'

/** What a library finds in a text. */
export type Detect = (text: string) => readonly Label[]

export type KindScore = Readonly<{
  /** Labelled items, and how many of them some finding of their kind overlaps. */
  items: number
  hits: number
  /** Findings of the kind, and how many of them overlap an item of it. */
  findings: number
  right: number
  /** A few of the items that were missed, and of the texts that were taken for this kind. Generated text. */
  missed: readonly string[]
  mistaken: readonly string[]
}>

/** A sole trader's number is its owner's personnummer, and an IPv6 address may end in an IPv4 one: either name is right. */
const ALSO_RIGHT: Readonly<Partial<Record<MeasuredKind, PersonalDataKind>>> = {
  organisationsnummer: 'personnummer',
  ipv6: 'ipv4',
}
const EXAMPLES = 12

/** How well `detect` finds the `kinds` in the paragraphs. A hit is a finding of the same kind that overlaps the item. */
export function scoreKinds(
  paragraphs: readonly Phrase[],
  kinds: readonly MeasuredKind[],
  detect: Detect,
): ReadonlyMap<MeasuredKind, KindScore> {
  const tallies = new Map(
    kinds.map((kind) => [
      kind,
      { items: 0, hits: 0, findings: 0, right: 0, missed: [] as string[], mistaken: [] as string[] },
    ]),
  )
  for (const { text, labels } of paragraphs) {
    const findings = detect(text)
    for (const item of labels) {
      const tally = tallies.get(item.kind as MeasuredKind)
      if (!tally) continue
      tally.items += 1
      if (findings.some((finding) => isRight(finding, item))) tally.hits += 1
      else remember(tally.missed, text, item)
    }
    for (const finding of findings) {
      const tally = tallies.get(finding.kind as MeasuredKind)
      if (!tally) continue
      tally.findings += 1
      if (labels.some((item) => isRight(finding, item))) tally.right += 1
      else remember(tally.mistaken, text, finding)
    }
  }
  return tallies
}

/** Share of the items that were found. */
export function recall({ items, hits }: KindScore): number {
  return hits / items
}

/** Share of the findings that are right. Who finds nothing makes no mistake. */
export function precision({ findings, right }: KindScore): number {
  return findings === 0 ? 1 : right / findings
}

function isRight(finding: Label, item: Label): boolean {
  const isKind = finding.kind === item.kind || finding.kind === ALSO_RIGHT[item.kind as MeasuredKind]
  return isKind && finding.start < item.end && item.start < finding.end
}

function remember(examples: string[], text: string, { start, end }: Label): void {
  if (examples.length < EXAMPLES) {
    examples.push(
      `${text.slice(Math.max(0, start - 24), start)}⟦${text.slice(start, end)}⟧${text.slice(end, end + 12)}`,
    )
  }
}
