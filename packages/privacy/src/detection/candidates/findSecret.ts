import type { Candidate } from '../Candidate.ts'
import { DOT, HYPHEN, isLetter, isWord, SPACE } from '../characters.ts'
import { LOOK_AHEAD } from '../reach.ts'

const TOKEN = /[\w.~+/=-]/
const NAME_REACH = 28
const NAME =
  /(?:passwords?|passwd|pwd|passphrase|passcode|lösenord(?:et)?|losenord|secret|token|api[ _-]?key|(?:access|account|shared)[ _-]?key|private[ _-]?key|nyckel|authorization|credentials?|pin-?kod(?:en)?)["']?\s{0,2}$/
/** What the last letter of such a name may be. */
const LAST_LETTERS = new Set(Array.from('sdetynlSDETYNL"\' ', (letter) => letter.charCodeAt(0)))
const SCHEME = /^(?:bearer|basic|digest|negotiate)\s+/i
const NOTHING = /^(?:undefined|null|true|false|none|\*+|x+|\.+)$/i
/** Characters that show whether it is one; all of it is only read of what is, and never twice. */
const GLANCE = 64
const SENTENCE_END: ReadonlySet<number> = new Set(Array.from('.:!?', (sign) => sign.charCodeAt(0)))
const VALUE_END = /[\s"'`,;&<>(){}[\]]/

/** `password=…`, `token: …`, `Authorization: Basic …`: `at` is the `=` or `:` behind the name. */
export function findAssignedSecret(text: string, at: number, found: Candidate[]): number {
  if (!LAST_LETTERS.has(text.charCodeAt(at - 1))) return at + 1
  if (!NAME.test(text.slice(Math.max(0, at - NAME_REACH), at).toLowerCase())) return at + 1
  const gap = /^\s{0,2}["'`]?/.exec(text.slice(at + 1, at + 4))?.[0] ?? ''
  const scheme = SCHEME.exec(text.slice(at + 1 + gap.length, at + 32))?.[0] ?? ''
  const start = at + 1 + gap.length + scheme.length
  const endsValue = (character: string) => VALUE_END.test(character)
  const value = text.slice(start, endWhere(text, start, endsValue, GLANCE))
  const isWritten = gap === '' && text.charAt(at) === '=' ? isGiven(value) : isRandom(value)
  if (!isWritten) return at + 1
  let end = endWhere(text, start, endsValue)
  while (SENTENCE_END.has(text.charCodeAt(end - 1)) && end > start) end--
  found.push({ kind: 'secret', start, end })
  return end
}

function isGiven(value: string): boolean {
  return value.length >= 3 && !NOTHING.test(value) && /\w/.test(value)
}

/** Neither a word nor an identifier: long enough, with a digit or a sign, and no plain number. */
function isRandom(value: string): boolean {
  if (value.length < 6 || NOTHING.test(value) || /^\W*\d{1,7}\W*$/.test(value)) return false
  return /[\d!@#$%^*+=~?]/.test(value)
}

const WEBHOOK = /^:\/\/hooks\.slack\.com\/(?:services|workflows)\/[\w/]{16,128}/

/** Addresses that let whoever knows them write to a channel: `at` is the colon behind the scheme. */
export function findWebhook(text: string, at: number, found: Candidate[]): number {
  const [rest] = WEBHOOK.exec(text.slice(at, at + 192)) ?? []
  if (rest === undefined) return at + 1
  const start = text.startsWith('https', at - 5) ? at - 5 : at
  found.push({ kind: 'secret', start, end: at + rest.length })
  return at + rest.length
}

/** `Bearer …` anywhere: `at` is its `B`. */
export function findBearerToken(text: string, at: number, found: Candidate[]): number {
  const code = text.charCodeAt(at + 1) | 32
  if (code !== 101 || (text.charCodeAt(at + 2) | 32) !== 97 || isLetter(text.charCodeAt(at - 1))) return at + 1
  const [scheme] = /^bearer\s{1,2}/i.exec(text.slice(at, at + 8)) ?? []
  if (scheme === undefined) return at + 1
  const start = at + scheme.length
  const end = endOfToken(text, start)
  if (end - start < 8 || !/\d|[a-z][A-Z]|_/.test(text.slice(start, end))) return at + 1
  found.push({ kind: 'secret', start, end })
  return end
}

/** Prefixes that issuers gave their keys so that they can be found; the mark is the sign at which they are looked for. */
const PREFIXES: readonly (readonly [mark: string, before: RegExp, after: RegExp])[] = [
  ['_', /(?:^|\W)(?:sk|pk|rk)$/, /^_(?:live|test)_[A-Za-z0-9]{10,255}/],
  ['_', /(?:^|\W)gh[pousr]$/, /^_[A-Za-z0-9]{20,255}/],
  ['_', /(?:^|\W)github$/, /^_pat_\w{20,255}/],
  ['_', /(?:^|\W)(?:whsec|npm|shpat|dop|hf)$/, /^_(?:v1_)?[A-Za-z0-9]{20,255}/],
  ['-', /(?:^|\W)(?:glpat|sk)$/, /^-[\w-]{20,255}/],
  ['-', /(?:^|\W)xox[abeoprs]$/, /^-[\w-]{10,255}/],
  ['z', /(?:^|[^A-Za-z0-9])AI$/, /^za[\w-]{30,64}/],
  ['.', /(?:^|\W)SG$/, /^\.[\w-]{16,64}\.[\w-]{16,128}/],
  ['S', /(?:^|[^A-Za-z0-9])A$/, /^SIA[A-Z0-9]{16}(?![A-Za-z0-9])/],
  ['K', /(?:^|[^A-Za-z0-9])A$/, /^KIA[A-Z0-9]{16}(?![A-Za-z0-9])/],
]
/** The last letters of those prefixes: a glance, because hyphens are common. */
const PREFIX_ENDS: ReadonlySet<number> = new Set(Array.from('AIGkpousrbcmtfxe', (letter) => letter.charCodeAt(0)))
const LOWER_E = 101
const PREFIX_REACH = 8
const MARKED_REACH = 272

/** `at` is a sign at which keys are recognized: of known prefixes, of PEM, or the first point of a JSON Web Token. */
export function findMarkedSecret(text: string, at: number, found: Candidate[]): number {
  const code = text.charCodeAt(at)
  const next = text.charCodeAt(at + 1)
  if (code === DOT && next === LOWER_E && text.startsWith('eyJ', at + 1)) return findJsonWebToken(text, at, found)
  if (code === HYPHEN && next === HYPHEN) return findPrivateKey(text, at, found)
  if (!isWord(next) || !PREFIX_ENDS.has(text.charCodeAt(at - 1))) return at + 1
  const mark = text.charAt(at)
  const before = text.slice(Math.max(0, at - PREFIX_REACH), at)
  for (const [sign, start, rest] of PREFIXES) {
    if (sign !== mark || !start.test(before)) continue
    const [key] = rest.exec(text.slice(at, at + MARKED_REACH)) ?? []
    if (key === undefined) continue
    const prefix = /[A-Za-z]+$/.exec(before)?.[0].length ?? 0
    found.push({ kind: 'secret', start: at - prefix, end: at + key.length })
    return at + key.length
  }
  return at + 1
}

function findPrivateKey(text: string, at: number, found: Candidate[]): number {
  if (!text.startsWith('-----BEGIN ', at)) return at + 1
  const [begin] = /^-----BEGIN [A-Z ]{0,32}PRIVATE KEY(?: BLOCK)?-----/.exec(text.slice(at, at + 72)) ?? []
  if (begin === undefined) return at + 11
  const rest = text.slice(at, at + LOOK_AHEAD)
  const close = rest.indexOf('-----END ')
  const closed = close < 0 ? -1 : rest.indexOf('-----', close + 9)
  const end = closed < 0 ? at + rest.length : at + closed + 5
  found.push({ kind: 'secret', start: at, end })
  return end
}

const LONGEST_HEADER = 300

/** `eyJ….eyJ….…`: JSON objects in base64url, the first two of three parts. */
function findJsonWebToken(text: string, at: number, found: Candidate[]): number {
  let start = at
  while (start > at - LONGEST_HEADER && isBase64Url(text.charCodeAt(start - 1))) start--
  if (!text.startsWith('eyJ', start)) return at + 1
  const payload = endWhere(text, at + 1, isNoBase64Url)
  if (text.charCodeAt(payload) !== DOT) return at + 1
  const end = endWhere(text, payload + 1, isNoBase64Url, LOOK_AHEAD - 2 - (payload - at))
  found.push({ kind: 'secret', start, end })
  return end
}

function isBase64Url(code: number): boolean {
  return (isWord(code) && code < 128) || code === 45
}

function isNoBase64Url(character: string): boolean {
  return !isBase64Url(character.charCodeAt(0))
}

function endOfToken(text: string, start: number): number {
  return endWhere(text, start, (character) => !TOKEN.test(character))
}

function endWhere(text: string, start: number, ends: (character: string) => boolean, limit = LOOK_AHEAD / 2): number {
  const stop = Math.min(text.length, start + limit)
  let end = start
  while (end < stop && !ends(text.charAt(end))) end++
  return end
}

/** Whether a text under the name of a secret is one, as in `{ password: '…' }`. */
export function isSecretName(name: string): boolean {
  return NAME.test(name.toLowerCase().slice(-NAME_REACH))
}

/** Whether the value of a field of such a name is a secret, and no word, reference or replacement. */
export function isSecretValue(value: string): boolean {
  return isRandom(value) && !value.includes(String.fromCharCode(SPACE))
}
