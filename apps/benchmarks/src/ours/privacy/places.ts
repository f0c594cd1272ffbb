import type { SeededRandom } from './SeededRandom.ts'

const FIRST = [
  'Al',
  'Björk',
  'Dal',
  'Ek',
  'Fur',
  'Gran',
  'Hag',
  'Kvarn',
  'Lind',
  'Mos',
  'Norr',
  'Ros',
  'Sjö',
  'Tall',
  'Ås',
  'Äng',
  'Öster',
  'Väster',
]
const SECOND = [
  'berga',
  'boda',
  'by',
  'fors',
  'hult',
  'köping',
  'lunda',
  'måla',
  'näs',
  'rud',
  'sta',
  'torp',
  'vik',
  'åker',
  'ö',
]
const STREETS = [
  'gatan',
  'gatan',
  'vägen',
  'vägen',
  'gränd',
  'stigen',
  'allén',
  'backen',
  'torget',
  'platsen',
  'gången',
]
/** Stairs, apartment and storey, with and without a comma. */
const DOORS = ['', '', ' A', ' B', 'C', ' lgh 1102', ', lgh 1203', ', 3 tr', ' 2 tr', ' nb', ' A, 1 tr']

/** A town that might be Swedish. */
export function town(random: SeededRandom): string {
  return random.pick(FIRST) + random.pick(SECOND)
}

export function street(random: SeededRandom): string {
  const name = random.pick(FIRST) + random.pick(['', random.pick(SECOND)]) + random.pick(STREETS)
  return random.isOneIn(8) ? `${random.pick(['Norra', 'Södra', 'Östra', 'Västra', 'Lilla', 'Stora'])} ${name}` : name
}

/** A street or a village, a number, and five digits before the town, as Swedish post is addressed. */
export function streetAddress(random: SeededRandom): string {
  const way = random.isOneIn(12)
    ? namedStreet(random)
    : random.isOneIn(10)
      ? `${random.pick(['Lilla ', 'Övre ', ''])}${town(random)}`
      : street(random)
  const number = random.int(1, 148)
  const door = random.isOneIn(4) ? '' : random.pick(DOORS)
  const range = random.isOneIn(12) ? `-${number + 2}` : ''
  const postcode = `${random.int(1, 9)}${random.digits(2)}`
  const rest = `${random.int(1, 9)}${random.digits(1)}`
  const code = random.pick([
    `${postcode} ${rest}`,
    `${postcode} ${rest}`,
    `${postcode}${rest}`,
    `SE-${postcode} ${rest}`,
    `S-${postcode} ${rest}`,
  ])
  const separator = random.pick([', ', ', ', ', ', '\n', ' '])
  const named = random.isOneIn(6) ? `${random.pick(['Västra', 'Upplands', 'Södra'])} ${town(random)}` : town(random)
  const place = random.isOneIn(5) ? ` ${named.toUpperCase()}` : named
  return `${way} ${number}${range}${door}${separator}${code} ${place}`
}

/** Streets of two words and more, and shortened ones. */
function namedStreet(random: SeededRandom): string {
  return random.pick([
    () => `${random.pick(FIRST)}s väg`,
    () => `Drottning ${random.pick(FIRST)}as gata`,
    () => `S:t ${random.pick(FIRST)}sgatan`,
    () => `${random.pick(FIRST)}${random.pick(SECOND)}sv.`,
    () => `${random.pick(FIRST)}g.`,
  ])()
}
