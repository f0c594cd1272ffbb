import { join } from 'node:path'

import type { Node, SourceFile } from 'typescript/unstable/ast'
import { createVirtualFileSystem } from 'typescript/unstable/fs'
import { API } from 'typescript/unstable/sync'

/** The TypeScript parser's trees of some files. Disposing it ends the parser's process. */
export class SyntaxTrees implements Disposable {
  readonly #api: API
  readonly #find: (path: string) => SourceFile | undefined

  private constructor(api: API, configPath: string) {
    this.#api = api
    const project = api.updateSnapshot({ openProjects: [configPath] }).getProject(configPath)
    this.#find = (path) => project?.program.getSourceFile(path)
  }

  /** Of a package, by the absolute path of its folder. */
  static ofPackage(folder: string): SyntaxTrees {
    return new SyntaxTrees(new API({ cwd: folder }), join(folder, 'tsconfig.json'))
  }

  /** Of texts by name, as in `{ 'a.ts': 'const a = 1' }`. */
  static ofTexts(texts: Readonly<Record<string, string>>): SyntaxTrees {
    const files = Object.fromEntries(Object.entries(texts).map(([name, text]) => [`/texts/${name}`, text]))
    const config = { compilerOptions: { noLib: true, types: [] }, files: Object.keys(texts) }
    const fs = createVirtualFileSystem({ ...files, '/texts/tsconfig.json': JSON.stringify(config) })
    return new SyntaxTrees(new API({ cwd: '/texts', fs }), '/texts/tsconfig.json')
  }

  get(path: string): SourceFile {
    const file = this.#find(path.startsWith('/') ? path : `/texts/${path}`)
    if (file === undefined) throw new Error(`${path} is not part of its package's program`)
    return file
  }

  [Symbol.dispose](): void {
    this.#api.close()
  }
}

/** Every node below and including `node`, parents first. */
export function* nodesOf(node: Node): Generator<Node> {
  yield node
  const children: Node[] = []
  node.forEachChild((child) => {
    children.push(child)
  })
  for (const child of children) yield* nodesOf(child)
}

/** 1-based. */
export function lineOf(node: Node, file: SourceFile): number {
  return file.text.slice(0, node.getStart(file)).split('\n').length
}
