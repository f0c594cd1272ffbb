import { scanText } from '@gradvis/privacy'

import { aim } from '../harness/aim.ts'
import { describeMachine } from '../harness/describeMachine.ts'
import { measure } from '../harness/measure.ts'
import { NetworkWatch } from '../harness/NetworkWatch.ts'
import { createCorpus } from '../ours/privacy/createCorpus.ts'
import { MEASURED_KINDS, type MeasuredKind } from '../ours/privacy/itemSentences.ts'
import { type Detect, type KindScore, precision, recall, scoreKinds } from '../ours/privacy/KindScore.ts'
import { createThroughputCases, DOCUMENT_COUNT, megabytesPerSecond } from '../ours/privacy/throughputCases.ts'
import { createOpenRedaction, OPEN_REDACTION_KINDS } from '../rivals/openRedaction.ts'
import { createRedactPii, REDACT_PII_KINDS } from '../rivals/redactPii.ts'
import type { Suite } from '../Suite.ts'
import type { MeasurementRow, RatioRow } from '../SuiteResult.ts'

const SEED = 2025
const ITEMS_PER_KIND = { full: 1_600, quick: 25 }
const PACE = {
  full: { rounds: 21, sampleMs: 20, warmUpMs: 600 },
  quick: { rounds: 3, sampleMs: 1, warmUpMs: 5 },
}

/** Those that end in a check digit or hold two. */
const CHECKSUMMED: readonly MeasuredKind[] = [
  'personnummer',
  'samordningsnummer',
  'organisationsnummer',
  'iban',
  'bankgiro',
  'plusgiro',
  'payment-card',
]
const REST = MEASURED_KINDS.filter((kind) => !CHECKSUMMED.includes(kind))

type Scores = ReadonlyMap<MeasuredKind, KindScore>

/** What is found in generated Swedish minutes, what is mistaken for personal data there, and how fast text is read. */
export const privacySuite: Suite = async ({ quick, progress, clock, collectGarbage }) => {
  const paragraphs = createCorpus({ itemsPerKind: ITEMS_PER_KIND[quick ? 'quick' : 'full'], seed: SEED })
  using network = new NetworkWatch()
  const [openRedaction, redactPii] = [createOpenRedaction(), createRedactPii()]
  const score = (name: string, kinds: readonly MeasuredKind[], detect: Detect): Scores => {
    progress(`${name} reads ${paragraphs.length} paragraphs`)
    return scoreKinds(paragraphs, kinds, detect)
  }
  const scores = {
    ours: score('ours', MEASURED_KINDS, scanText),
    openredaction: score('openredaction', OPEN_REDACTION_KINDS, openRedaction),
    'redact-pii': score('redact-pii', REDACT_PII_KINDS, redactPii.detect),
  }
  const throughput = createThroughputCases({
    paragraphs,
    readers: { ours: scanText, openredaction: openRedaction, 'redact-pii': redactPii.redact },
  })
  const measured = await measure(throughput.cases, {
    ...PACE[quick ? 'quick' : 'full'],
    inputCount: DOCUMENT_COUNT,
    clock,
    progress,
    ...(collectGarbage && { collectGarbage }),
  })
  network.expectNone()

  const speeds = measured.rows().map((row) => megabytesPerSecond(row, throughput.meanBytes))
  const clean = speeds.find(({ name }) => name === throughput.oursClean) as MeasurementRow
  return {
    suite: 'privacy',
    aims: [
      aim('recall_checksummed', worst(scores.ours, CHECKSUMMED, recall), '>=', 0.999),
      aim('precision_checksummed', worst(scores.ours, CHECKSUMMED, precision), '>=', 0.995),
      aim('recall_rest', worst(scores.ours, REST, recall), '>=', 0.98),
      aim('precision_rest', worst(scores.ours, REST, precision), '>=', 0.98),
      aim('clean_text_mb_per_s', clean.median, '>=', 100),
    ],
    detail: {
      measurements: speeds,
      ratios: Object.entries(scores).flatMap(([name, of]) => rows(name, of)),
      notes: notesOn(paragraphs.length, scores.ours),
      scores: Object.fromEntries(Object.entries(scores).map(([name, of]) => [name, countsOf(of)])),
      examples: Object.fromEntries(
        [...scores.ours].map(([kind, { missed, mistaken }]) => [
          kind,
          { missed: [...missed], mistaken: [...mistaken] },
        ]),
      ),
      quick,
      seed: SEED,
      machine: describeMachine(),
    },
  }
}

function worst(scores: Scores, kinds: readonly MeasuredKind[], share: (score: KindScore) => number): number {
  return Math.min(...kinds.map((kind) => share(scores.get(kind) as KindScore)))
}

function rows(name: string, scores: Scores): RatioRow[] {
  return [...scores].flatMap(([kind, score]) => [
    { name: `${name}: ${kind}, recall`, value: recall(score) },
    { name: `${name}: ${kind}, precision`, value: precision(score) },
  ])
}

function countsOf(scores: Scores) {
  return Object.fromEntries(
    [...scores].map(([kind, score]) => {
      const { items, hits, findings, right } = score
      return [kind, { items, hits, findings, right, recall: recall(score), precision: precision(score) }]
    }),
  )
}

function notesOn(paragraphCount: number, scores: Scores): string[] {
  const items = [...scores.values()].reduce((sum, score) => sum + score.items, 0)
  return [
    `${items} labelled items in ${paragraphCount} paragraphs of generated minutes, among as many look-alikes and as many sentences of plain prose (seed ${SEED}). A hit is a finding of the same kind that overlaps the item; a finding that overlaps no item of its kind is a mistake, even where it overlaps another kind's.`,
    'The aims take the worst kind of each group. Checksummed are the seven kinds that hold a check digit. Precision depends on how many look-alikes there are: here one for each item, far more than in real minutes. Numbers without a name beside them (orders, OCR) may be valid by chance and then count as mistakes.',
    'The number of a sole trader is its owner’s personnummer: either kind is right. Giro numbers are always named as such in the text, because a bare one is no more than seven digits.',
    'Names are left out: they are found in declared fields, never in running text.',
    'openredaction: the GDPR preset’s patterns for these kinds and its patterns for keys and tokens, as by default otherwise, learning off (it writes files). redact-pii: its rules for these kinds, the others off. Neither claims a Swedish number; both are scored on what they claim only, and both are made for American and British text.',
    'MB/s are 10⁶ bytes of UTF-8 a second over documents of about 4 kB, one thread. Clean text is minutes with dates, times, amounts and sections; the other is the corpus itself, with 1 sentence in 3 holding an item and 1 in 3 a look-alike.',
  ]
}
