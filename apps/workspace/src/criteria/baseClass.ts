import { type ClassDeclaration, type Identifier, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'

import { nodesOf } from './SyntaxTrees.ts'

const BASES: ReadonlySet<string | undefined> = new Set(['BaseService', 'MediaBaseService'])

/** The base that a class of the files extends; undefined when none does. */
export function baseClassOf(files: readonly SourceFile[]): string | undefined {
  return files
    .flatMap((file) => [...nodesOf(file)])
    .filter((node) => node.kind === SyntaxKind.ClassDeclaration)
    .flatMap((node) => (node as ClassDeclaration).heritageClauses ?? [])
    .filter(({ token }) => token === SyntaxKind.ExtendsKeyword)
    .map(({ types }) => (types[0]?.expression as Identifier | undefined)?.text)
    .find((name) => BASES.has(name))
}
