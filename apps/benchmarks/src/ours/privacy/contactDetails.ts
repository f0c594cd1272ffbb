import type { SeededRandom } from './SeededRandom.ts'

const SYLLABLES = ['ba', 'do', 'fi', 'ga', 'hel', 'jo', 'ka', 'lin', 'mo', 'nor', 'pe', 'ra', 'sol', 'ti', 'vi']
const AREAS = [
  ['08', 8],
  ['08', 7],
  ['08', 6],
  ['031', 7],
  ['031', 6],
  ['040', 6],
  ['040', 7],
  ['018', 6],
  ['019', 6],
  ['013', 6],
  ['090', 6],
  ['046', 6],
  ['0455', 5],
  ['0300', 5],
  ['0243', 5],
  ['0920', 6],
  ['0510', 5],
  ['0650', 5],
] as const satisfies readonly (readonly [string, number])[]

/** A word that is no word, in letters that every address can hold. */
export function word(random: SeededRandom, syllables = random.int(2, 3)): string {
  return Array.from({ length: syllables }, () => random.pick(SYLLABLES)).join('')
}

/** With dots, digits, tags, hyphens, capitals, subdomains, and domains of Swedish letters. */
export function email(random: SeededRandom): string {
  const local = random.pick([
    () => `${word(random)}.${word(random)}`,
    () => word(random),
    () => `${word(random)}${random.int(1, 99)}`,
    () => `${word(random)}_${word(random)}`,
    () => `${word(random)}-${word(random)}.${word(random, 1)}`,
    () => `${word(random)}+${word(random)}`,
    () => `${word(random, 1)[0]}.${word(random)}`,
    () => `${word(random)}ö${word(random, 1)}`,
    () => `${random.int(1, 99)}${word(random)}`,
  ])()
  const domain = random.pick([
    () => word(random),
    () => `${word(random)}-${word(random)}`,
    () => `post.${word(random)}`,
    () => `xn--${word(random)}-${random.text(3, 'abcdefghij0123')}`,
    () => `${word(random)}å${random.pick(['s', 'n', 'r'])}`,
  ])()
  const address = `${local}@${domain}.${random.pick(['se', 'se', 'nu', 'com', 'org', 'example', 'stiftelse.example', 'no', 'co.uk', 'stockholm', 'online'])}`
  return random.isOneIn(15) ? address.toUpperCase() : address
}

export function phone(random: SeededRandom): string {
  return random.pick([mobile, mobile, mobile, landline, landline, foreign, office])(random)
}

function mobile(random: SeededRandom): string {
  const prefix = random.pick(['70', '72', '73', '76', '79'])
  const number = random.int(1, 9) + random.digits(6)
  const [a, b, c] = [number.slice(0, 3), number.slice(3, 5), number.slice(5)]
  const [d, e] = [number.slice(0, 2), number.slice(2, 4)]
  return random.pick([
    `0${prefix}-${a} ${b} ${c}`,
    `0${prefix}-${d} ${e} ${number.slice(4)}`,
    `0${prefix} ${a} ${b} ${c}`,
    `0${prefix}${number}`,
    `0${prefix}-${number}`,
    `0${prefix}/${a} ${b} ${c}`,
    `0${prefix}-${a}${b}${c}`,
    `+46 ${prefix} ${a} ${b} ${c}`,
    `+46${prefix}${number}`,
    `+46 (0)${prefix}-${a} ${b} ${c}`,
    `+46-${prefix}-${a} ${b} ${c}`,
    `0046 ${prefix} ${a} ${b} ${c}`,
    `0${prefix}\u2011${a}\u00a0${b}\u00a0${c}`,
    `0${prefix} – ${a} ${b} ${c}`,
    `0${prefix}.${a}.${b}.${c}`,
    `+46 (0) ${prefix} ${a} ${b} ${c}`,
    `+46(0)${prefix}${number}`,
    `+46.${prefix}.${a}.${b}.${c}`,
  ])
}

/** Numbers of authorities, and the city's own way of grouping eight digits. */
function office(random: SeededRandom): string {
  const digits = (count: number) => random.digits(count)
  return random.pick([
    () => `010-${random.int(200, 899)} ${digits(2)} ${digits(2)}`,
    () => `0771-${random.int(200, 999)} ${digits(3)}`,
    () => `020-${random.int(20, 99)} ${digits(2)} ${digits(2)}`,
    () => `08-508 ${random.int(20, 49)} ${digits(3)}`,
  ])()
}

function landline(random: SeededRandom): string {
  const [area, count] = random.pick(AREAS)
  const number = random.int(2, 9) + random.digits(count - 1)
  const spaced = spacedNumber(number)
  return random.pick([
    `${area}-${spaced}`,
    `${area}-${spaced}`,
    `${area}-${number}`,
    `${area} ${spaced}`,
    `(${area}) ${spaced}`,
    `${area}/${spaced}`,
    `+46 ${area.slice(1)} ${spaced}`,
    `+46 (0)${area.slice(1)} ${spaced}`,
    `+46${area.slice(1)}${number}`,
    `0046 ${area.slice(1)} ${spaced}`,
  ])
}

/** As telephone directories group them: two by two from the right, three first where the count is odd or eight. */
function spacedNumber(number: string): string {
  const first = number.length === 8 || number.length % 2 === 1 ? 3 : 2
  if (number.length === 8) return `${number.slice(0, 3)} ${number.slice(3, 6)} ${number.slice(6)}`
  return [number.slice(0, first), ...(number.slice(first).match(/../g) ?? [])].join(' ')
}

function foreign(random: SeededRandom): string {
  const digits = (count: number) => random.digits(count)
  return random.pick([
    () => `+47 ${random.pick(['22', '90', '41'])} ${digits(2)} ${digits(2)} ${digits(2)}`,
    () => `+45 ${random.int(21, 29)} ${random.int(10, 99)} ${digits(2)} ${digits(2)}`,
    () => `+358 ${random.pick(['40', '50'])} ${random.int(2, 9)}${digits(2)} ${digits(4)}`,
    () => `+44 20 7946 0${digits(3)}`,
    () => `+49 30 ${random.int(2, 9)}${digits(6)}`,
    () => `+1 202-555-01${digits(2)}`,
    () => `+1 (212) 555-01${digits(2)}`,
    () => `0049 30 ${random.int(2, 9)}${digits(6)}`,
  ])()
}
