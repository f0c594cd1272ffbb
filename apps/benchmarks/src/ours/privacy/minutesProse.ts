import { two } from './identityNumbers.ts'
import type { SeededRandom } from './SeededRandom.ts'

const SUBJECTS = ['Styrelsen', 'Ordföranden', 'Kassören', 'Revisorn', 'Valberedningen', 'Arbetsgruppen', 'Sekreteraren']
const VERBS = ['beslutade', 'föreslog', 'konstaterade', 'noterade', 'redogjorde för', 'uppdrog åt kansliet']
const OBJECTS = [
  'att godkänna dagordningen med de ändringar som anmälts',
  'att bordlägga frågan till nästa sammanträde',
  'att lägga rapporten till handlingarna',
  'att årsredovisningen överlämnas till revisorn',
  'det ekonomiska läget och prognosen för helåret',
  'att inventera stiftelsens lokaler före sommaren',
  'att utse två justerare jämte ordföranden',
  'ansökningarna om bidrag ur stiftelsens medel',
  'att avtalet om lokalvård sägs upp',
]

/** One sentence of minutes as most of them are: words, and now and then a date, a time, an amount or a section. */
export function proseSentence(random: SeededRandom): string {
  const sentence = `${random.pick(SUBJECTS)} ${random.pick(VERBS)} ${random.pick(OBJECTS)}`
  return random.pick([
    () => `${sentence}.`,
    () => `${sentence}.`,
    () => `${sentence}, i enlighet med förslaget.`,
    () =>
      `${sentence} senast den ${random.int(1, 28)} ${random.pick(['mars', 'maj', 'oktober'])} ${random.int(2020, 2026)}.`,
    () => `${sentence}; kostnaden beräknas till ${random.int(2, 90)} 000 kr.`,
    () => `§ ${random.int(1, 30)} ${sentence}.`,
    () => `Kl. ${random.int(17, 20)}.${two(random.int(0, 59))} ajournerades mötet. ${sentence}.`,
    () => `${sentence} (bilaga ${random.int(1, 9)}).`,
  ])()
}

/** About `length` characters of minutes in which nobody's data stands. */
export function cleanMinutes(random: SeededRandom, length: number): string {
  let text = `Protokoll fört vid styrelsens sammanträde den ${random.int(1, 28)} april ${random.int(2020, 2026)}\n`
  while (text.length < length) text += proseSentence(random) + random.pick([' ', ' ', ' ', '\n', '\n\n'])
  return text
}
