import { ibanDigits, luhnDigit, wrongLuhnDigit } from './checkDigits.ts'
import { word } from './contactDetails.ts'
import { companyNumber, two } from './identityNumbers.ts'
import { grouped } from './paymentNumbers.ts'
import { type Phrase, unlabelled } from './Phrase.ts'
import { street, town } from './places.ts'
import type { SeededRandom } from './SeededRandom.ts'

type LookAlike = readonly [template: string, value: (random: SeededRandom) => string]

const year = (random: SeededRandom) => random.int(1998, 2026)
const month = (random: SeededRandom) => two(random.int(1, 12))
const day = (random: SeededRandom) => two(random.int(1, 28))
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const hex = (random: SeededRandom, count: number) => random.text(count, '0123456789abcdef')

/** Case numbers, dates, times and the other numbers of an office. */
const OFFICE: readonly LookAlike[] = [
  ['Ärendet har diarienummer KS {}.', (random) => `${year(random)}/${random.digits(4)}`],
  ['Dnr {} överlämnades till revisorn.', (random) => `${random.int(10, 99)}-${year(random)}`],
  ['Dnr {}', (random) => `${year(random)}-${random.digits(5)}`],
  [
    'Diarienr {} avskrivs.',
    (random) => `${random.pick(['BN', 'SN', 'UBN', 'ÖFN'])} ${year(random)}.${random.digits(4)}-${random.digits(3)}`,
  ],
  ['Mötet ägde rum {}.', (random) => `${year(random)}-${month(random)}-${day(random)}`],
  ['Protokollet justerades {} av ordföranden.', (random) => `${year(random)}${month(random)}${day(random)}`],
  [
    'Nästa möte hålls {} i sammanträdesrummet.',
    (random) => `${random.int(1, 28)}/${random.int(1, 12)}-${random.int(20, 29)}`,
  ],
  [
    'Avtalet löper {}.',
    (random) => `${year(random)}-${month(random)}-${day(random)}–${year(random)}-${month(random)}-${day(random)}`,
  ],
  ['Mötet öppnades kl. {} av ordföranden.', (random) => `${two(random.int(8, 21))}.${two(random.int(0, 59))}`],
  [
    'Loggat {}.',
    (random) =>
      `${year(random)}-${month(random)}-${day(random)}T${two(random.int(0, 23))}:${two(random.int(0, 59))}:${two(random.int(0, 59))}Z`,
  ],
  ['Uppehåll {} för kaffe.', (random) => `${random.int(10, 19)}:${two(random.int(0, 59))}:${two(random.int(0, 59))}`],
  ['Ordernummer {} är levererad.', (random) => counted(random, random.int(7, 12))],
  ['Faktura {} attesterades.', (random) => counted(random, random.int(6, 10))],
  ['Fakturanummer {} bestrids.', (random) => `${year(random)}${random.digits(6)}`],
  ['OCR {} anges vid betalning.', (random) => ocr(random)],
  ['OCR-nummer: {}', (random) => ocr(random)],
  ['Artikelnummer {} har utgått.', (random) => `${random.digits(3)}-${random.digits(4)}`],
  ['Kollinummer {} saknas.', (random) => random.digits(18)],
  ['Kundnummer {} står på avtalet.', (random) => counted(random, 8)],
  ['Försäkringsbrev {} förnyas.', (random) => `${random.digits(2)}-${random.digits(6)}-${random.digits(2)}`],
  ['§ {} Ekonomisk rapport', (random) => String(random.int(1, 148))],
  ['Punkterna {} bordläggs.', (random) => `§§ ${random.int(1, 9)}–${random.int(10, 24)}`],
  ['Beloppet uppgår till {} kr.', (random) => `${random.int(1, 999)} ${random.digits(3)} ${random.digits(3)}`],
  ['Intäkterna blev {} kronor.', (random) => `${random.int(10, 99)} ${random.digits(3)},${random.digits(2)}`],
  ['Budgeten är {} SEK.', (random) => `${random.int(1, 9)}.${random.digits(3)}.${random.digits(3)}`],
  ['Röstetal: {}.', (random) => `${random.int(100, 999)}-${random.int(100, 999)}-${random.int(10, 99)}`],
  [
    'ISBN {} beställs till biblioteket.',
    (random) => `978-91-${random.digits(3)}-${random.digits(4)}-${random.digits(1)}`,
  ],
]

/** What law, courts, libraries and trade count by. */
const REGISTERS: readonly LookAlike[] = [
  ['Enligt lag ({}) krävs två justerare.', (random) => `${random.int(1971, 2026)}:${random.int(10, 1500)}`],
  ['Se förordning (EU) {}.', (random) => `${random.int(2012, 2026)}/${random.int(100, 3000)}`],
  [
    'Dom i mål nr T {} har vunnit laga kraft.',
    (random) => `${counted(random, random.int(3, 5))}-${random.int(10, 26)}`,
  ],
  ['Tidskriften (ISSN {}) sägs upp.', (random) => `${random.digits(4)}-${random.digits(4)}`],
  ['Streckkod {} saknas i registret.', (random) => `73${random.digits(11)}`],
  ['Läsåret {} omfattar två terminer.', (random) => `${random.int(1998, 2024)}/${random.int(2025, 2026)}`],
  ['Lokalen är bokad {} varje onsdag.', (random) => `${random.int(8, 12)}.00-${random.int(13, 21)}.30`],
  ['Sidorna {} utgår.', (random) => `${random.int(1, 60)}-${random.int(61, 120)}`],
  ['Datum: {}', (random) => `${two(random.int(0, 99))}${month(random)}${day(random)}`],
  ['Mätvärde {} noterades.', (random) => `${random.digits(4)}.${random.digits(4)}`],
  ['Container MSKU{} lossades.', (random) => random.digits(7)],
]

/** Of companies and land, and what fails its own check. */
const NUMBERS: readonly LookAlike[] = [
  ['Leverantören AB, org.nr {}, anlitas.', (random) => companyNumber(random)],
  ['Stiftelsen har organisationsnummer {}.', (random) => companyNumber(random).replace('-', '')],
  ['Bolagets nummer är {} enligt registret.', (random) => `16${companyNumber(random)}`],
  ['Momsregistreringsnummer SE{}01 kontrollerades.', (random) => companyNumber(random).replace('-', '')],
  ['Fastigheten {} säljs.', (random) => `${town(random)} ${random.int(1, 40)}:${random.int(1, 400)}`],
  ['Servitut på {} består.', (random) => `Kv. ${town(random)} ${random.int(1, 30)}`],
  ['Numret {} finns inte i registret.', (random) => wrongIdentity(random)],
  ['Angivet personnummer {} är felskrivet.', (random) => wrongIdentity(random)],
  ['Datumdelen i {} är omöjlig.', (random) => impossibleIdentity(random)],
  ['Kortnumret {} avvisades av kassan.', (random) => wrongCard(random)],
  ['Kontot {} kunde inte hittas.', (random) => wrongIban(random)],
  ['Kortet som slutar på **** {} är spärrat.', (random) => random.digits(4)],
  ['Värdepapperet SE{} avyttras.', (random) => random.digits(10)],
  ['Sträckan längs {} stängs av.', (random) => `${street(random)} ${random.int(1, 20)}–${random.int(21, 40)}`],
  ['Arbetena på {} kostar 12 345 kr.', (random) => street(random)],
]

/** Of programs and their logs, and prose that only looks like contact details. */
const TEXTS: readonly LookAlike[] = [
  ['Version {} installeras i helgen.', (random) => `${random.int(0, 20)}.${random.int(0, 40)}.${random.int(0, 99)}`],
  [
    'Systemet körs på version {}.',
    (random) => `${random.int(1, 20)}.${random.int(0, 9)}.${random.int(0, 9)}.${random.int(0, 20)}`,
  ],
  ['Operativsystemet är 10.0.{}.', (random) => `${random.int(17000, 22999)}.${random.digits(4)}`],
  [
    'Se avsnitt {} i stadgarna.',
    (random) => `${random.int(1, 9)}.${random.int(1, 9)}.${random.int(1, 9)}.${random.int(1, 9)}`,
  ],
  ['Ärende-id {} skapades.', (random) => [8, 4, 4, 4, 12].map((count) => hex(random, count)).join('-')],
  ['Kontrollsumma {} stämmer.', (random) => hex(random, 64)],
  ['Ändring {} är införd.', (random) => hex(random, 40)],
  ['sha256:{} arkiverades.', (random) => hex(random, 64)],
  ['Nätverkskortet {} byttes.', (random) => Array.from({ length: 6 }, () => hex(random, 2)).join(':')],
  ['Spårning 00-{}-01 följdes upp.', (random) => `${hex(random, 32)}-${hex(random, 16)}`],
  ['Felet ligger i {}.', (random) => `Protokoll::${word(random)}::spara`],
  [
    'Paketet @{} uppdaterades.',
    (random) => `${word(random)}/${word(random)}@${random.int(1, 9)}.${random.int(0, 9)}.0`,
  ],
  ['Följ oss: @{} i sociala medier.', (random) => word(random)],
  ['Träff {} @ Folkets hus.', (random) => `kl. ${random.int(17, 20)}`],
  ['Kaffe {}.', (random) => `${random.int(20, 80)} st @ ${random.int(10, 30)} kr`],
  ['Lösenordet byts var {}:e dag.', (random) => String(random.pick([30, 60, 90]))],
  ['Ange en token per ledamot, högst {}.', (random) => String(random.int(3, 30))],
  ['Koordinater: {}', (random) => `59.${random.digits(5)}, 18.${random.digits(5)}`],
  ['Mätaren visade {} kWh.', (random) => `${random.digits(5)}-${random.digits(1)}`],
  ['Räkneverket: {}.', (random) => `${random.digits(4)} ${random.digits(4)} ${random.digits(2)}`],
  ['Unixtid {} motsvarar mötets början.', (random) => `17${random.digits(8)}`],
  ['Tid i millisekunder: {}', (random) => `17${random.digits(11)}`],
  ['Målet är {} medlemmar.', (random) => `${random.int(1, 9)} ${random.digits(3)}`],
]

/** The very words and marks that announce personal data, beside something that is none. */
const WORDED: readonly LookAlike[] = [
  ['Utbetalning via bankgiro avser faktura {}.', (random) => counted(random, random.int(6, 10))],
  ['Vid betalning till plusgiro anges OCR {}.', (random) => ocr(random)],
  ['Konto {} Lokalhyra bokfördes.', (random) => `${random.int(4000, 7999)}, ${random.int(10, 99)} ${random.digits(3)}`],
  ['Sal {} Deltagare anmäls i förväg.', (random) => `${random.int(1, 9)}, ${random.int(100, 999)}`],
  ['Avvikelsen är {} kr mot budget.', (random) => `+${random.int(1, 99)} ${random.digits(3)} ${random.digits(3)}`],
  ['SWEREF 99 TM: {}', (random) => `${random.int(6100000, 7600000)}, ${random.int(260000, 920000)}`],
  ['Bilden {} byttes.', (random) => `${word(random)}@${random.pick(['2x', '3x'])}.png`],
  [
    'OID {} anges i certifikatet.',
    (random) => `1.2.752.${random.int(1, 300)}.${random.int(1, 99)}.${random.int(1, 9)}`,
  ],
  ['Fingeravtryck {} kontrollerades.', (random) => Array.from({ length: 16 }, () => hex(random, 2)).join(':')],
  ['Lösenord: {}', (random) => random.pick(['lämnas muntligen', 'se kuvert', 'byts årligen', 'hos kansliet'])],
  ['Token: {}', (random) => random.pick(['saknas', 'se bilaga 3', 'delas ut vid dörren'])],
  ['<img src="data:image/png;base64,{}">', (random) => `iVBORw0KGgo${random.text(60, BASE64)}`],
  ['IBAN saknas; kontot är {} kr.', (random) => `${random.int(1, 9)} ${random.digits(3)}`],
  ['E-post skickas inte till {}.', (random) => `@${word(random)}`],
]

/** The wider a group, the more often it is drawn. */
const LOOK_ALIKES = [...OFFICE, ...NUMBERS, ...NUMBERS, ...TEXTS, ...WORDED, ...REGISTERS]

/** One sentence with something that is easily taken for personal data. */
export function lookAlike(random: SeededRandom): Phrase {
  const [template, value] = random.pick(LOOK_ALIKES)
  return unlabelled(template, value(random))
}

/** Numbers that are counted up do not begin with 0. */
function counted(random: SeededRandom, length: number): string {
  return random.int(1, 9) + random.digits(length - 1)
}

function ocr(random: SeededRandom): string {
  const digits = counted(random, random.int(6, 19))
  return digits + luhnDigit(digits)
}

function wrongIdentity(random: SeededRandom): string {
  const digits = `${two(random.int(20, 99))}${month(random)}${day(random)}${random.digits(3)}`
  const whole = digits + wrongLuhnDigit(digits, random.int(1, 9))
  return `${random.pick(['19', ''])}${whole.slice(0, 6)}${random.pick(['-', ''])}${whole.slice(6)}`
}

/** Month 13 to 19, or a day 32 to 59: neither a person's, nor a coordination number's, nor a company's. */
function impossibleIdentity(random: SeededRandom): string {
  const [impossibleMonth, impossibleDay] = random.pick([
    [random.int(13, 19), random.int(1, 28)],
    [random.int(1, 12), random.int(32, 59)],
  ] as const)
  const digits = `${two(random.int(20, 99))}${two(impossibleMonth)}${two(impossibleDay)}${random.digits(3)}`
  return `${digits.slice(0, 6)}-${digits.slice(6)}${luhnDigit(digits)}`
}

function wrongCard(random: SeededRandom): string {
  const digits = `4${random.digits(14)}`
  return grouped(digits + wrongLuhnDigit(digits, random.int(1, 9)), random.pick(['', ' ', '-']))
}

function wrongIban(random: SeededRandom): string {
  const account = random.digits(20)
  // 2 to 98 are the check digits that exist; any other than the right one is wrong.
  const wrong = 2 + ((Number(ibanDigits('SE', account)) - 2 + random.int(1, 96)) % 97)
  return grouped(`SE${two(wrong)}${account}`, random.pick(['', ' ']))
}
