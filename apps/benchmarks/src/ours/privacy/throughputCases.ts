import type { SyncCase } from '../../harness/Case.ts'
import type { MeasurementRow } from '../../SuiteResult.ts'
import { cleanMinutes } from './minutesProse.ts'
import { joined, type Phrase } from './Phrase.ts'
import { SeededRandom } from './SeededRandom.ts'

export const DOCUMENT_COUNT = 16
const DOCUMENT_LENGTH = 4_096
const CLEAN = 'clean minutes'
const DENSE = 'corpus'

type Reader = (text: string) => unknown

export type ThroughputCases = Readonly<{
  cases: readonly SyncCase[]
  /** Name of the case that the aim is about. */
  oursClean: string
  /** Of UTF-8 in a document, by the name of the case. */
  meanBytes: (caseName: string) => number
}>

/** Each reader on documents without anything to find and on documents full of it. */
export function createThroughputCases({
  paragraphs,
  readers,
}: Readonly<{ paragraphs: readonly Phrase[]; readers: Readonly<Record<string, Reader>> }>): ThroughputCases {
  const random = new SeededRandom(DOCUMENT_COUNT)
  const texts: Readonly<Record<string, readonly string[]>> = {
    [CLEAN]: Array.from({ length: DOCUMENT_COUNT }, () => flat(cleanMinutes(random, DOCUMENT_LENGTH))),
    [DENSE]: Array.from({ length: DOCUMENT_COUNT }, () => flat(dense(random, paragraphs))),
  }
  const cases = Object.entries(texts).flatMap(([textName, documents]) =>
    Object.entries(readers).map(([reader, read]) => caseOf(`${reader}, ${textName}`, documents, read)),
  )
  const meanBytes = (caseName: string) => {
    const documents = texts[caseName.endsWith(CLEAN) ? CLEAN : DENSE] as readonly string[]
    return documents.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / documents.length
  }
  return { cases, oursClean: `ours, ${CLEAN}`, meanBytes }
}

/** A row of times for each document, as bytes a second. The slower quartile is the lower one then. */
export function megabytesPerSecond(row: MeasurementRow, meanBytes: (caseName: string) => number): MeasurementRow {
  const speed = (ns: number) => (meanBytes(row.name) * 1e3) / ns
  const { name, median, lowerQuartile, upperQuartile } = row
  return {
    name,
    unit: 'MB/s',
    median: speed(median),
    lowerQuartile: speed(upperQuartile),
    upperQuartile: speed(lowerQuartile),
  }
}

function caseOf(name: string, documents: readonly string[], read: Reader): SyncCase {
  return {
    name,
    kind: 'sync',
    run: (index) => read(documents[index] as string),
    // What is found is judged by the scores; here it must only be an answer.
    verify: () => {
      if (documents.some((text) => read(text) === undefined)) throw new Error('No answer')
    },
  }
}

function dense(random: SeededRandom, paragraphs: readonly Phrase[]): string {
  const chosen: Phrase[] = []
  for (let length = 0; length < DOCUMENT_LENGTH; length += chosen.at(-1)?.text.length ?? 0)
    chosen.push(random.pick(paragraphs))
  return joined(chosen, () => '\n\n').text
}

/** One string in memory, as it comes from a file, where concatenation leaves a tree. */
function flat(text: string): string {
  return Buffer.from(text).toString('utf8')
}
