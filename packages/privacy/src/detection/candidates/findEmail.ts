import type { Candidate } from '../Candidate.ts'
import { AT, COLON, DOT, HYPHEN, isDigit, isLetter, isWord, SPACE } from '../characters.ts'

/** RFC 5321: octets of a local part, and of a domain. */
const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 255
const LONGEST_USER_INFO = 256

/** Signs that a local part is seen to have; the rest of RFC 5322's would swallow what stands around addresses. */
const LOCAL_SIGNS: ReadonlySet<number> = new Set(Array.from("._%+-'&~#$!", (sign) => sign.charCodeAt(0)))

/** What stands behind an `@` in names of files: `logo@2x.png`. */
const FILE_TYPES: ReadonlySet<string> = new Set(['png', 'jpg', 'jpeg', 'gif', 'svg', 'webp', 'js', 'ts', 'css', 'json'])

/** `at` is an `@`: behind the name and password of a URL, or in an e-mail address. */
export function findEmail(text: string, at: number, found: Candidate[]): number {
  const userInfo = startOfUserInfo(text, at)
  if (userInfo !== undefined) {
    found.push({ kind: 'secret', start: userInfo, end: at })
    return at + 1
  }
  const start = startOfLocal(text, at)
  if (start === at) return at + 1
  const end = endOfDomain(text, at + 1)
  if (end > at) found.push({ kind: 'email', start, end })
  return at + 1
}

function startOfLocal(text: string, at: number): number {
  let start = at
  while (start > at - LONGEST_LOCAL && isLocal(text.charCodeAt(start - 1))) start--
  while (start < at && !isWord(text.charCodeAt(start))) start++
  return start
}

function isLocal(code: number): boolean {
  return isWord(code) || LOCAL_SIGNS.has(code)
}

/** The end of a domain that has a top level of letters, -1 for none. */
function endOfDomain(text: string, from: number): number {
  const stop = from + LONGEST_DOMAIN
  let end = from
  let lastDot = -1
  for (; end < stop; end++) {
    const code = text.charCodeAt(end)
    if (code === DOT) {
      if (end === from || !isLabel(text.charCodeAt(end + 1)) || text.charCodeAt(end + 1) === HYPHEN) break
      lastDot = end
    } else if (!isLabel(code)) break
  }
  while (end > lastDot && text.charCodeAt(end - 1) === HYPHEN) end--
  if (lastDot < 0) return -1
  const top = text.slice(lastDot + 1, end).toLowerCase()
  if (FILE_TYPES.has(top)) return -1
  return /^(?:[a-zà-ɏ]{2,}|xn--[a-z0-9-]+)$/.test(top) ? end : endOfTop(text, lastDot, end)
}

/** A top level with a number or hyphen behind it (`a@b.se-12`) ends where its letters do. */
function endOfTop(text: string, lastDot: number, end: number): number {
  let at = lastDot + 1
  while (at < end && isLetter(text.charCodeAt(at))) at++
  return at - lastDot > 2 && text.charCodeAt(at) === HYPHEN ? at : -1
}

function isLabel(code: number): boolean {
  return isLetter(code) || isDigit(code) || code === HYPHEN
}

/** Of `scheme://user:password@`, where a password is given. */
function startOfUserInfo(text: string, at: number): number | undefined {
  let hasPassword = false
  for (let start = at; start > at - LONGEST_USER_INFO; start--) {
    const code = text.charCodeAt(start - 1)
    if (code === 47) {
      const isUrl = text.charCodeAt(start - 2) === 47 && text.charCodeAt(start - 3) === COLON
      return isUrl && hasPassword && text.charAt(start) !== '[' ? start : undefined
    }
    if (code === COLON) hasPassword = start < at
    if (!(code > SPACE) || code === AT || code === 34 || code === 60) return undefined
  }
  return undefined
}
