import { ClassificationTree } from './ClassificationTree.ts'
import type { TextFinding, ValueFinding } from './Finding.ts'
import { samplesOf } from './samplesOf.ts'
import { scanField } from './scanField.ts'
import type { ScanOptions } from './scanValue.ts'
import { scanText } from './scanText.ts'
import { hasAccessors, isOpaque, type Part, partsOf, visibleForm } from './valueParts.ts'

const MAX_DEPTH = 32
const MAX_VALUES = 20_000
const SHORTEST_KEY = 5

/** An object where it was met, and what it held at that moment. Dirty: it, or something in it, must not leave as it is. */
export type Visit = {
  readonly tree: ClassificationTree
  readonly parents: Visit[]
  isDirty: boolean
  /** What stands for it when it is written; itself for most. */
  readonly form: unknown
  readonly parts: readonly Part[]
}
type Place = Readonly<{ path: string; name: string; tree: ClassificationTree; depth: number; parent: Visit }>

/** Goes through a value once, notes what is found, and which objects hold it. */
export class ValueWalk {
  readonly findings: ValueFinding[] = []
  readonly root: Visit
  readonly #maxTextLength: number
  readonly #known = new Set<string>()
  readonly #visits = new Map<object, Visit[]>()
  #values = 0

  constructor({ classification, maxTextLength = Number.POSITIVE_INFINITY }: ScanOptions) {
    this.root = { tree: ClassificationTree.of(classification), parents: [], isDirty: false, form: undefined, parts: [] }
    this.#maxTextLength = maxTextLength
  }

  visit(value: unknown): void {
    this.#visit(value, { path: '', name: '', tree: this.root.tree, depth: 0, parent: this.root })
  }

  /** The visit of an object under a declaration; undefined where the limits left it unread. */
  visitOf(value: object, tree: ClassificationTree): Visit | undefined {
    return this.#visits.get(value)?.find((visit) => visit.tree === tree)
  }

  #visit(value: unknown, place: Place): void {
    const { class: fieldClass } = place.tree
    if (fieldClass !== undefined) {
      if (fieldClass !== 'technical' && value !== null && value !== undefined) markDirty(place.parent)
    } else if (typeof value === 'string') this.#visitText(value, place)
    else if (typeof value === 'number' || typeof value === 'bigint') {
      if (isPersonsNumber(value)) this.#report(scanText(String(value)), place.path, place.parent)
    } else if (typeof value === 'object' && value !== null && !isOpaque(value)) this.#visitObject(value, place)
  }

  #visitText(text: string, { path, name, parent }: Place): void {
    if (this.#values++ >= MAX_VALUES) {
      markDirty(parent)
      return
    }
    if (text.length > this.#maxTextLength) markDirty(parent)
    for (const sample of samplesOf(text, this.#maxTextLength)) this.#report(scanField(name, sample), path, parent)
  }

  #visitObject(value: object, place: Place): void {
    const { tree, parent, depth } = place
    const met = this.visitOf(value, tree)
    if (met !== undefined) {
      met.parents.push(parent)
      if (met.isDirty) markDirty(parent)
      return
    }
    if (depth >= MAX_DEPTH || this.#values++ >= MAX_VALUES) {
      markDirty(parent)
      return
    }
    const form = visibleForm(value)
    const visit: Visit = { tree, parents: [parent], isDirty: false, form, parts: form === value ? partsOf(value) : [] }
    this.#visits.set(value, [...(this.#visits.get(value) ?? []), visit])
    if (form !== value) this.#visit(form, { ...place, depth: depth + 1, parent: visit })
    else {
      if (hasAccessors(value)) markDirty(visit)
      for (const part of visit.parts) this.#visitPart(part, { ...place, parent: visit })
    }
  }

  #visitPart({ name, value, key }: Part, { path, tree, depth, parent }: Place): void {
    const isText = typeof key === 'string' && key.length >= SHORTEST_KEY
    const found = isText ? scanText(key) : []
    const childPath = `${path === '' ? '' : `${path}.`}${found.length > 0 ? '*' : name}`
    const place = { path: childPath, depth: depth + 1, parent }
    this.#report(found, childPath, parent)
    if (typeof key !== 'string') this.#visit(key, { ...place, name: '', tree: ClassificationTree.empty })
    this.#visit(value, { ...place, name, tree: tree.child(name) })
  }

  #report(found: readonly TextFinding[], path: string, parent: Visit): void {
    for (const { kind, mistakable } of found) {
      markDirty(parent)
      const key = `${kind} ${mistakable} ${path}`
      if (this.#known.has(key)) continue
      this.#known.add(key)
      this.findings.push(mistakable ? { kind, path, mistakable } : { kind, path })
    }
  }
}

/** With everything that holds it. */
function markDirty(visit: Visit): void {
  const open = [visit]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.isDirty) continue
    next.isDirty = true
    for (const parent of next.parents) open.push(parent)
  }
}

/** Of 12 digits, with a century: `YYYYMMDDXXXX`. */
export function isPersonsNumber(value: number | bigint): boolean {
  return value >= 160_000_000_000 && value < 210_000_000_000 && (typeof value === 'bigint' || Number.isInteger(value))
}
