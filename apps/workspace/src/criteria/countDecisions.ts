import { type BinaryExpression, type Node, type SourceFile, SyntaxKind } from 'typescript/unstable/ast'

import { nodesOf } from './SyntaxTrees.ts'

const BRANCHES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.IfStatement,
  SyntaxKind.ConditionalExpression,
  SyntaxKind.ForStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.CaseClause,
  SyntaxKind.CatchClause,
])
const SHORT_CIRCUITS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
])

/** Places where the flow forks: McCabe's complexity without the 1 that each function adds (IEEE TSE 2(4), 1976). */
export function countDecisions(file: SourceFile): number {
  return [...nodesOf(file)].filter(isDecision).length
}

function isDecision(node: Node): boolean {
  if (node.kind !== SyntaxKind.BinaryExpression) return BRANCHES.has(node.kind)
  return SHORT_CIRCUITS.has((node as BinaryExpression).operatorToken.kind)
}
