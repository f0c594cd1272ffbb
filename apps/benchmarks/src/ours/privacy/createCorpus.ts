import { itemSentence, MEASURED_KINDS } from './itemSentences.ts'
import { lookAlike } from './lookAlikes.ts'
import { proseSentence } from './minutesProse.ts'
import { joined, type Phrase } from './Phrase.ts'
import { SeededRandom } from './SeededRandom.ts'

export type CorpusOptions = Readonly<{
  /** Labelled items of every kind. There are as many look-alikes as items, and as many sentences of plain prose. */
  itemsPerKind: number
  seed: number
}>

/** Paragraphs of generated minutes, three to seven sentences each, with everything in them that is personal data. */
export function createCorpus({ itemsPerKind, seed }: CorpusOptions): readonly Phrase[] {
  const random = new SeededRandom(seed)
  const items = MEASURED_KINDS.flatMap((kind) => Array.from({ length: itemsPerKind }, () => itemSentence(random, kind)))
  const others = items.flatMap(() => [lookAlike(random), { text: proseSentence(random), labels: [] }])
  const sentences = random.shuffled([...items, ...others])
  const paragraphs: Phrase[] = []
  for (let from = 0; from < sentences.length;) {
    const count = random.int(3, 7)
    paragraphs.push(joined(sentences.slice(from, from + count), () => random.pick([' ', '\n', '\n'])))
    from += count
  }
  return paragraphs
}
