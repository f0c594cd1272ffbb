import { redactText } from '../redaction/redactText.ts'
import type { LeakGuard } from './LeakGuard.ts'
import type { LeakSource } from './LeakFinding.ts'

/** Errors within one error, as causes or members: what comes after them is dropped, so that nothing leaves unread. */
const MAX_ERRORS = 16

/**
 * A failure as it may leave the service: message, stack, parameters, causes and the members of an AggregateError. The
 * same object where nothing was found or the guard only observes; its own fields are changed in place, because callers
 * test errors by identity and class. What is found in a cause is told under the path `cause`: it may be an error that
 * the application's own code has thrown.
 */
export function guardError(error: unknown, guard: LeakGuard, source: LeakSource): unknown {
  const clean = <T>(value: T): T => guard.clean(value, { channel: 'error', source })
  if (!(error instanceof Error)) return clean(error)
  const seen = new Set<Error>([error])
  for (const current of seen) {
    const isClean = cleanFields(current, current === error ? clean : (cause) => clean({ cause }).cause)
    if (guard.redacts && !(isClean && cleanStack(current))) return unreadable(error)
    cleanInner(current, (inner) => {
      if (!(inner instanceof Error)) return clean(inner)
      if (seen.size >= MAX_ERRORS && !seen.has(inner) && guard.redacts) return undefined
      seen.add(inner)
      return inner
    })
  }
  return error
}

/** What an error holds besides its own fields. */
function cleanInner(error: Error, clean: (inner: unknown) => unknown): void {
  const { cause } = error
  if (cause !== undefined) replace(error, 'cause', cause, clean(cause))
  if (error instanceof AggregateError) {
    const members: readonly unknown[] = error.errors
    const cleaned = members.map(clean)
    if (cleaned.some((member, index) => member !== members[index])) replace(error, 'errors', members, cleaned)
  }
}

function replace(error: Error, name: string, before: unknown, after: unknown): void {
  if (before !== after) setField(error, name, after)
}

type Fields = Readonly<Record<string, unknown>>

/** False where a field that must change cannot be changed. */
function cleanFields(error: Error, clean: <T>(value: T) => T): boolean {
  const { cause: _cause, ...own } = error
  const before: Fields = { ...own, message: error.message }
  const after = clean(before)
  const changed = Object.keys(before).filter((name) => before[name] !== after[name])
  return changed.every((name) => setField(error, name, after[name]))
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

/** For an error that is frozen with personal data in it. */
function unreadable(error: Error): Error {
  return new Error(`${error.name} was withheld: it held personal data`)
}
