import type { Classification, FieldClass } from './Classification.ts'

type Branch = { readonly children: Map<string, Branch>; class?: FieldClass }

const trees = new WeakMap<Classification, ClassificationTree>()

/** Where a walk through a value is in a classification: at several places at once, because of `*`. */
export class ClassificationTree {
  static readonly empty = new ClassificationTree([])
  readonly #branches: readonly Branch[]
  readonly #children = new Map<string, ClassificationTree>()

  private constructor(branches: readonly Branch[]) {
    this.#branches = branches
  }

  /** Built once for each classification. */
  static of(classification: Classification | undefined): ClassificationTree {
    if (classification === undefined) return ClassificationTree.empty
    const known = trees.get(classification)
    if (known) return known
    const root: Branch = { children: new Map() }
    for (const [path, fieldClass] of Object.entries(classification)) grow(root, path.split('.'), fieldClass)
    const tree = new ClassificationTree([root])
    trees.set(classification, tree)
    return tree
  }

  /** What is declared of this very place; a name before `*`. */
  get class(): FieldClass | undefined {
    return this.#branches.find((branch) => branch.class !== undefined)?.class
  }

  /** The same object for the same key, so that places can be compared. */
  child(key: string): ClassificationTree {
    const named = this.#branches.flatMap(({ children }) => children.get(key) ?? [])
    const any = this.#branches.flatMap(({ children }) => children.get('*') ?? [])
    if (named.length + any.length === 0) return ClassificationTree.empty
    const name = named.length > 0 ? key : '*'
    const known = this.#children.get(name) ?? new ClassificationTree([...named, ...any])
    this.#children.set(name, known)
    return known
  }
}

function grow(root: Branch, path: readonly string[], fieldClass: FieldClass): void {
  let branch = root
  for (const key of path) {
    const next = branch.children.get(key) ?? { children: new Map<string, Branch>() }
    branch.children.set(key, next)
    branch = next
  }
  branch.class = fieldClass
}
