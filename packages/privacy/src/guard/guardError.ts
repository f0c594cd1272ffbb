import { isServiceError } from '@gradvis/kernel'

import { redactText } from '../redaction/redactText.ts'
import type { LeakGuard } from './LeakGuard.ts'
import type { LeakSource } from './LeakFinding.ts'

/** Errors within one error, as causes or members: what comes after them is dropped, so that nothing leaves unread. */
const MAX_ERRORS = 16

/**
 * A failure as it may leave the service: message, name, stack, parameters, causes and the members of an AggregateError.
 * The same object where nothing was found or the guard only observes; its own fields are changed in place, because
 * callers test errors by identity and class. What is found in a cause or a member is told under the path `cause`: it may
 * be an error that the application's own code has thrown; what is found in an error that is the caller's fault, under
 * `refusal`: it may repeat what the caller has sent. Another error stands for one that cannot be changed or read.
 * Never throws.
 */
export function guardError(error: unknown, guard: LeakGuard, source: LeakSource): unknown {
  try {
    return error instanceof Error ? cleanError(error, guard, source) : guard.clean(error, { channel: 'error', source })
  } catch {
    return guard.redacts ? unreadable() : error
  }
}

function cleanError(error: Error, guard: LeakGuard, source: LeakSource): Error {
  const clean: Clean = (value) => guard.clean(value, { channel: 'error', source })
  const cleanCause: Clean = (cause) => partOf(clean({ cause }), 'cause')
  const isRefusal = isServiceError(error) && error.fault === 'caller'
  const cleanOwn: Clean = isRefusal ? (refusal) => partOf(clean({ refusal }), 'refusal') : clean
  const seen = new Set<Error>([error])
  const cleanInner: Clean = (inner) => {
    if (!(inner instanceof Error)) return cleanCause(inner)
    if (seen.size >= MAX_ERRORS && !seen.has(inner) && guard.redacts) return undefined
    seen.add(inner)
    return inner
  }
  for (const current of seen) {
    const isClean = cleanFields(current, current === error ? cleanOwn : cleanCause) && replaceInner(current, cleanInner)
    if (guard.redacts && !(isClean && cleanStack(current))) return unreadable()
  }
  return error
}

type Clean = (value: unknown) => unknown

/** What an error holds besides its own fields. False where it must change and cannot be changed. */
function replaceInner(error: Error, clean: Clean): boolean {
  const { cause } = error
  const isCauseClean = cause === undefined || replace(error, 'cause', cause, clean(cause))
  if (!isCauseClean || !(error instanceof AggregateError)) return isCauseClean
  const members: unknown = error.errors
  if (!Array.isArray(members)) return replace(error, 'errors', members, clean(members))
  const cleaned = members.map(clean)
  return cleaned.every((member, index) => member === members[index]) || setField(error, 'errors', cleaned)
}

function replace(error: Error, name: string, before: unknown, after: unknown): boolean {
  return before === after || setField(error, name, after)
}

/** False where a field that must change cannot be changed. */
function cleanFields(error: Error, clean: Clean): boolean {
  const { cause: _cause, ...own } = error
  const before: Readonly<Record<string, unknown>> = { ...own, name: error.name, message: error.message }
  const after = clean(before)
  if (after === before) return true
  return Object.keys(before).every((name) => replace(error, name, before[name], partOf(after, name)))
}

/** Throws where what holds it could not be read. */
function partOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) throw new TypeError('the guard could not read it')
  return Reflect.get(value, name)
}

/** The stack begins with the message as it was: what is found in it was told of already. */
function cleanStack(error: Error): boolean {
  const { stack } = error
  if (stack === undefined) return true
  const cleaned = redactText(stack)
  return cleaned === stack || setField(error, 'stack', cleaned)
}

function setField(error: Error, name: string, value: unknown): boolean {
  try {
    return Reflect.defineProperty(error, name, {
      value,
      writable: true,
      configurable: true,
      enumerable: isOwn(error, name),
    })
  } catch {
    return false
  }
}

function isOwn(error: Error, name: string): boolean {
  return Object.prototype.propertyIsEnumerable.call(error, name)
}

/** For an error that is frozen with personal data in it, or throws at whoever reads it. */
function unreadable(): Error {
  return new Error('an error was withheld: it could not be rid of personal data')
}
