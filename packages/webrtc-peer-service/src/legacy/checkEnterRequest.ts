import { LegacyPeerError } from './LegacyPeerError.ts'

type LegacyPermission = Readonly<{ purposes: readonly string[]; version: string; givenAt: number }>

export type LegacyEnterRequest = Readonly<{
  room: string
  name: string
  microphone: boolean
  permission: LegacyPermission | undefined
}>

const NAME_PATTERN = /^[!-~]{1,128}$/
const PURPOSES = ['audio', 'video', 'recording']

type Problem = Readonly<{ sv: string; en: string }>

/** Throws a BAD_REQUEST that lists everything that is wrong. */
export function checkEnterRequest(request: LegacyEnterRequest): void {
  const problems: Problem[] = []
  if (!isName(request.room)) problems.push(nameProblem('roomId'))
  if (!isName(request.name)) problems.push(nameProblem('peerId'))
  if (typeof request.microphone !== 'boolean') {
    problems.push({ sv: 'media.audio: ska vara sant eller falskt', en: 'media.audio: must be true or false' })
  }
  if (request.permission !== undefined) problems.push(...permissionProblems(request.permission))
  refuse(problems)
}

function permissionProblems(permission: LegacyPermission): Problem[] {
  const problems: Problem[] = []
  if (permission === null || typeof permission !== 'object') {
    return [{ sv: 'consent: ska vara ett objekt', en: 'consent: must be an object' }]
  }
  const { purposes, version, givenAt } = permission
  if (!Array.isArray(purposes) || purposes.length > 3 || !purposes.every((purpose) => PURPOSES.includes(purpose))) {
    problems.push({
      sv: `consent.purposes: ska vara högst tre av ${PURPOSES.join(', ')}`,
      en: `consent.purposes: must be at most three of ${PURPOSES.join(', ')}`,
    })
  }
  const isLabel = typeof version === 'string' && /^[A-Za-z0-9.-]{1,16}$/.test(version)
  if (!isLabel || version.replace(/[^0-9]/g, '').length > 8) {
    problems.push({
      sv: 'consent.version: ska vara 1–16 bokstäver, siffror, punkter och bindestreck, varav högst 8 siffror',
      en: 'consent.version: must be 1–16 letters, digits, dots and hyphens, at most 8 of them digits',
    })
  }
  if (!Number.isSafeInteger(givenAt) || givenAt < 0) {
    problems.push({
      sv: 'consent.givenAt: ska vara millisekunder sedan 1970',
      en: 'consent.givenAt: must be milliseconds since 1970',
    })
  }
  return problems
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && NAME_PATTERN.test(value)
}

function nameProblem(field: string): Problem {
  return {
    sv: `${field}: ska vara 1–128 synliga ASCII-tecken utan blanksteg`,
    en: `${field}: must be 1–128 visible ASCII characters without spaces`,
  }
}

function refuse(problems: readonly Problem[]): void {
  if (problems.length === 0) return
  const all = { sv: problems.map(({ sv }) => sv).join('; '), en: problems.map(({ en }) => en).join('; ') }
  throw new LegacyPeerError('BAD_REQUEST', { problems: all })
}
