import type { Candidate } from '../Candidate.ts'
import { endOfDigits, isDigit, isUpper, SPACE } from '../characters.ts'
import type { DigitRun } from './DigitRun.ts'

/** Characters that are read before a postcode, and behind it for the name of the town. */
const ADDRESS_REACH = 96
const TOWN_REACH = 40

const TYPES =
  'gatan|gata|vägen|väg|gränden|gränd|torget|torg|allén|allé|stigen|stig|backen|backe|gången|gång|platsen|plats|plan|esplanaden|kajen|kaj|stråket|leden|led|gården|gård|gårdsväg|bron|bro|udden|ängen|liden|kroken|slingan|ringen|parken|trappan|trappor|strand|stranden|hamnen|åsen|höjden|dalen|kullen|vången|kvarn|byn|lunden|vagen|grand|g\\.|v\\.'
const QUARTERS =
  'Norra|Södra|Östra|Västra|Lilla|Stora|Gamla|Nya|Övre|Nedre|Inre|Yttre|Sankt|Sankta|S:t|S:ta|Första|Andra|Tredje'
/** From the street to the house, its entrance, the flat, and what stands before a postcode. */
const BEFORE_POSTCODE = new RegExp(
  String.raw`(?:^|[\s,;:("'>])((?:(?:(?:${QUARTERS}) )?(?:[\p{L}:'-]{1,30}(?:${TYPES})|\p{Lu}\p{L}{2,30})|(?:\p{Lu}[\p{L}:'-]{0,20} ){1,3}(?:${TYPES})) \d{1,4}(?:-\d{1,4})?(?: ?[A-Za-z]\b)?(?:,? \d{1,2} ?tr\.?|,? (?:nb|bv)|,? (?:lgh|läg|lägenhet|tr|trappor|vån|våning|uppg\.?|port) ?\d{0,4})?(?:, ?|,?\r?\n|  ?)(?:SE?-)?)$`,
  'u',
)
const NO_STREETS =
  /^(?:bilaga|punkt|sida|sidan|paragraf|möte|beslut|ärende|kapitel|avsnitt|tabell|figur|nummer|totalt|summa|konto|box|postbox|januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)\b/i
const TOWN =
  /^(?:(?:Västra|Östra|Norra|Södra|Stora|Lilla|Gamla|Nya|Upplands|Sankt|S:t|Övre|Nedre|Saltsjö|Hallands|Ljusnarsbergs|Kungs|Nora|Bro) )?\p{Lu}[\p{L}-]{1,30}/u

/** A street with house number, postcode and town: `Exempelvägen 12 B, 123 45 Orten`. The run is what begins the postcode. */
export function findStreetAddress({ text, start, end }: DigitRun): Candidate | undefined {
  const postcode = endOfPostcode(text, start, end)
  if (postcode === undefined || !isUpper(text.charCodeAt(postcode))) return undefined
  const window = text.slice(Math.max(0, start - ADDRESS_REACH), start)
  const [, street] = BEFORE_POSTCODE.exec(window) ?? []
  if (street === undefined || NO_STREETS.test(street)) return undefined
  const [town] = TOWN.exec(text.slice(postcode, postcode + TOWN_REACH)) ?? []
  if (town === undefined) return undefined
  return { kind: 'street-address', start: start - street.length, end: postcode + town.length }
}

/** The beginning of the town behind `123 45 ` or `12345 `. */
function endOfPostcode(text: string, start: number, end: number): number | undefined {
  const first = text.charCodeAt(start)
  if (first < 49 || text.charCodeAt(end) !== SPACE) return undefined
  let at = end
  if (end - start === 3) {
    at = endOfDigits(text, end + 1, 3)
    if (at !== end + 3) return undefined
  }
  if (text.charCodeAt(at) !== SPACE) return undefined
  while (text.charCodeAt(at) === SPACE && at < end + 6) at++
  return isDigit(text.charCodeAt(at)) ? undefined : at
}
