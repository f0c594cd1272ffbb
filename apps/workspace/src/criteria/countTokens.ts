import { type SourceFile, SyntaxKind } from 'typescript/unstable/ast'
import { createScanner } from 'typescript/unstable/ast/scanner'

import { nodesOf } from './SyntaxTrees.ts'

/**
 * Tokens of the language in a file: names, keywords, literals and punctuation, whatever its layout and comments. Each
 * piece of a template is one token, and a regular expression is one. The tree tells the scanner where those are, since
 * a slash or a brace does not say so by itself.
 */
export function countTokens(file: SourceFile): number {
  const regularExpressions = new Set<number>()
  const templateParts = new Set<number>()
  for (const node of nodesOf(file)) {
    if (node.kind === SyntaxKind.RegularExpressionLiteral) regularExpressions.add(node.getStart(file))
    if (node.kind === SyntaxKind.TemplateMiddle || node.kind === SyntaxKind.TemplateTail)
      templateParts.add(node.getStart(file))
  }
  const scanner = createScanner(true)
  scanner.setText(file.text)
  let count = 0
  while (scanner.scan() !== SyntaxKind.EndOfFile) {
    const start = scanner.getTokenStart()
    if (regularExpressions.has(start)) scanner.reScanSlashToken()
    else if (templateParts.has(start)) scanner.reScanTemplateToken(false)
    count += 1
  }
  return count
}
