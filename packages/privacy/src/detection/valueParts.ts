import { types } from 'node:util'

/** A value inside a value. `key` is one that may itself be personal data, as in a map by e-mail address. */
export type Part = Readonly<{ name: string; value: unknown; key?: unknown }>

/** Holds nothing that can be read as text. */
export function isOpaque(value: object): boolean {
  return (
    value instanceof Date ||
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isPromise(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value)
  )
}

/** What an object hides behind `toJSON`, which is what leaves when it is written; otherwise itself. */
export function visibleForm(value: object): unknown {
  if (value instanceof Error || isOpaque(value)) return value
  try {
    return 'toJSON' in value && typeof value.toJSON === 'function' ? (value.toJSON() as unknown) : value
  } catch {
    return value
  }
}

/** What an error holds without showing it among its fields. */
export const HIDDEN_FIELDS_OF_ERRORS = ['message', 'stack', 'cause', 'errors']

/** Own enumerable fields, elements of arrays, maps and sets, and what errors hide. None for what cannot be read. */
export function partsOf(value: object): readonly Part[] {
  try {
    if (Array.isArray(value)) return value.map((element: unknown, index) => ({ name: String(index), value: element }))
    if (types.isSet(value))
      return Array.from(value, (element: unknown, index) => ({ name: String(index), value: element }))
    if (types.isMap(value)) return Array.from(value, entryOf)
    const names = Object.keys(value)
    if (value instanceof Error) {
      for (const name of HIDDEN_FIELDS_OF_ERRORS)
        if (Object.hasOwn(value, name) && !names.includes(name)) names.push(name)
    }
    return names.flatMap((name) => readPart(value, name))
  } catch {
    return []
  }
}

function entryOf([key, value]: readonly [unknown, unknown]): Part {
  return { name: typeof key === 'string' || typeof key === 'number' ? String(key) : '*', value, key }
}

function readPart(value: object, name: string): readonly Part[] {
  try {
    return [{ name, value: (value as Readonly<Record<string, unknown>>)[name], key: name }]
  } catch {
    return []
  }
}

/** Whether what is read may differ the next time: then a copy must leave, not the object. */
export function hasAccessors(value: object): boolean {
  try {
    if (Array.isArray(value)) return false
    return Object.values(Object.getOwnPropertyDescriptors(value)).some(
      (field) => field.enumerable && 'get' in field && field.get !== undefined,
    )
  } catch {
    return true
  }
}
