import { join, relative } from 'node:path'

import type { SourceFile } from 'typescript/unstable/ast'

import { baseClassOf } from './baseClass.ts'
import { countDecisions } from './countDecisions.ts'
import { countTokens } from './countTokens.ts'
import { handWrittenIn, isCatch, isLogging, type HandWritten } from './handWritten.ts'
import { type MigratedService, SOURCE_PARTS, sourcesOf, type SourcePart } from './MigratedService.ts'
import { nodesOf, SyntaxTrees } from './SyntaxTrees.ts'

export type PartSize = Readonly<{ files: number; tokens: number; decisions: number; catches: number; logs: number }>

export type SourceFacts = Readonly<{
  parts: Readonly<Record<SourcePart, PartSize>>
  /** The base that the migrated side extends. */
  base: string | undefined
  /** What its migrated side writes itself, with `path:line` from the root. */
  handWritten: readonly Readonly<{ what: HandWritten; place: string }>[]
}>

/** Reads one service's sources, as they are now. */
export function measureSources(service: MigratedService, root: string): SourceFacts {
  using trees = SyntaxTrees.ofPackage(join(root, service.folder))
  const paths = sourcesOf(service, root)
  const files = (part: SourcePart) => paths[part].map((path) => trees.get(path))
  const migrated = files('migrated')
  const sizes = SOURCE_PARTS.map((part) => [part, sizeOf(files(part))] as const)
  return {
    parts: Object.fromEntries(sizes) as Record<SourcePart, PartSize>,
    base: baseClassOf(migrated),
    handWritten: handWrittenIn(migrated).map(({ what, file, line }) => ({
      what,
      place: `${relative(root, file.fileName)}:${line}`,
    })),
  }
}

function sizeOf(files: readonly SourceFile[]): PartSize {
  const sum = (count: (file: SourceFile) => number) => files.reduce((total, file) => total + count(file), 0)
  return {
    files: files.length,
    tokens: sum(countTokens),
    decisions: sum(countDecisions),
    catches: sum((file) => [...nodesOf(file)].filter(isCatch).length),
    logs: sum((file) => [...nodesOf(file)].filter(isLogging).length),
  }
}
