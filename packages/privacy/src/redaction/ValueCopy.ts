import { types } from 'node:util'

import type { FieldClass } from '../detection/Classification.ts'
import { ClassificationTree } from '../detection/ClassificationTree.ts'
import { scanText } from '../detection/scanText.ts'
import { HIDDEN_FIELDS_OF_ERRORS, isOpaque } from '../detection/valueParts.ts'
import { isPersonsNumber, type ValueWalk } from '../detection/ValueWalk.ts'
import { cutText } from './cutText.ts'
import { placeholder } from './placeholder.ts'
import type { RedactOptions } from './redactValue.ts'
import { redactText } from './redactText.ts'

const UNREAD = '[unread]'

/** Copies of the objects that a walk found something in, made once each, so that cycles stay cycles. */
export class ValueCopy {
  readonly #walk: ValueWalk
  readonly #options: RedactOptions
  readonly #copies = new Map<object, Map<ClassificationTree, unknown>>()

  constructor(walk: ValueWalk, options: RedactOptions) {
    this.#walk = walk
    this.#options = options
  }

  copy(value: unknown, tree: ClassificationTree, name = ''): unknown {
    const { class: fieldClass } = tree
    if (fieldClass !== undefined) return this.#declared(value, fieldClass)
    if (typeof value === 'string') return cutText(name, value, this.#options.maxTextLength ?? Number.POSITIVE_INFINITY)
    if (typeof value === 'number' || typeof value === 'bigint') {
      const [found] = isPersonsNumber(value) ? scanText(String(value)) : []
      return found === undefined ? value : placeholder(found.kind)
    }
    return typeof value === 'object' && value !== null && !isOpaque(value) ? this.#object(value, tree, name) : value
  }

  #declared(value: unknown, fieldClass: FieldClass): unknown {
    if (fieldClass === 'technical' || value === null || value === undefined) return value
    const { pseudonyms } = this.#options
    const isName = typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint'
    if (fieldClass === 'subject' && pseudonyms && isName) return pseudonyms.of(String(value))
    return placeholder(fieldClass)
  }

  #object(value: object, tree: ClassificationTree, name: string): unknown {
    const visit = this.#walk.visitOf(value, tree)
    if (visit === undefined) return UNREAD
    if (!visit.isDirty) return value
    const copies = this.#copies.get(value) ?? new Map<ClassificationTree, unknown>()
    this.#copies.set(value, copies)
    if (copies.has(tree)) return copies.get(tree)
    if (visit.form !== value) {
      copies.set(tree, UNREAD)
      const copied = this.copy(visit.form, tree, name)
      copies.set(tree, copied)
      return copied
    }
    const target = emptyLike(value)
    copies.set(tree, target)
    const add = adderTo(target)
    for (const { name, value: part, key } of visit.parts) {
      const cleanKey = typeof key === 'string' ? redactText(key) : this.copy(key, ClassificationTree.empty)
      add(key === undefined ? name : cleanKey, this.copy(part, tree.child(name), name))
    }
    return target
  }
}

function emptyLike(value: object): object {
  if (Array.isArray(value)) return []
  if (types.isMap(value)) return new Map()
  if (types.isSet(value)) return new Set()
  const target = Object.create(Object.getPrototypeOf(value) as object | null) as object
  if (!(value instanceof Error)) return target
  for (const symbol of Object.getOwnPropertySymbols(value)) define(target, symbol, Reflect.get(value, symbol))
  return target
}

/** Two keys that look alike without what they held stay two. */
function adderTo(target: object): (key: unknown, value: unknown) => void {
  if (Array.isArray(target)) return (_, value) => target.push(value)
  if (types.isSet(target)) return (_, value) => target.add(value)
  if (types.isMap(target)) {
    const entries: Map<unknown, unknown> = target
    return (key, value) => {
      entries.set(typeof key === 'string' ? freeName(key, (taken) => entries.has(taken)) : key, value)
    }
  }
  const isError = target instanceof Error
  return (key, value) => {
    const free = freeName(String(key), (taken) => Object.hasOwn(target, taken))
    define(target, free, value, !(isError && HIDDEN_FIELDS_OF_ERRORS.includes(free)))
  }
}

function freeName(name: string, isTaken: (name: string) => boolean): string {
  let free = name
  for (let count = 2; isTaken(free); count++) free = `${name} ${count}`
  return free
}

function define(target: object, name: string | symbol, value: unknown, enumerable = true): void {
  Object.defineProperty(target, name, { value, enumerable, writable: true, configurable: true })
}
