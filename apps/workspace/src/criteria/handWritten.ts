import { LOG_LEVELS } from '@gradvis/kernel'
import {
  type BinaryExpression,
  type CallExpression,
  type CatchClause,
  type ClassDeclaration,
  type Expression,
  type FunctionDeclaration,
  type ImportDeclaration,
  type NewExpression,
  type Node,
  type PropertyAccessExpression,
  type PropertyDeclaration,
  type SourceFile,
  type StringLiteral,
  SyntaxKind,
  type ThrowStatement,
  type TryStatement,
  type VariableDeclaration,
} from 'typescript/unstable/ast'

import { lineOf, nodesOf } from './SyntaxTrees.ts'

/** What the base gives to every service, and a service therefore does not write itself. */
const HAND_WRITTEN = ['retry', 'cache', 'error-mapping'] as const
export type HandWritten = (typeof HAND_WRITTEN)[number]

export type Place = Readonly<{ what: HandWritten; file: SourceFile; line: number }>

/**
 * Every place in the files where one of them is written by hand:
 * - `retry`: a loop that carries on after a caught failure, or a power whose exponent counts attempts or failures;
 * - `cache`: a map or class that is named a cache or memo, or a library for one;
 * - `error-mapping`: a `catch`, or the second handler of a `then`, that throws what it makes itself, or lets a function of
 *   these files make. What a failure means may be told to the base, which catches it: `translate`, `translateFailure`.
 */
export function handWrittenIn(files: readonly SourceFile[]): readonly Place[] {
  const throwers = new Set(files.flatMap((file) => [...nodesOf(file)].filter(isThrower).map(nameOf)))
  return files.flatMap((file) =>
    [...nodesOf(file)].flatMap((node) => {
      const what = kindOf(node, throwers)
      return what ? [{ what, file, line: lineOf(node, file) }] : []
    }),
  )
}

/** Every `catch`, as a clause or as a method of a promise. */
export function isCatch(node: Node): boolean {
  return node.kind === SyntaxKind.CatchClause || handlerOf(node) !== undefined
}

/** A line written to a log, however the logger is reached. */
export function isLogging(node: Node): boolean {
  if (node.kind !== SyntaxKind.CallExpression) return false
  const { expression } = node as CallExpression
  if (expression.kind !== SyntaxKind.PropertyAccessExpression || !LOG_METHODS.has(nameOf(expression))) return false
  const { expression: owner } = expression as PropertyAccessExpression
  return LOGGER.test(owner.kind === SyntaxKind.PropertyAccessExpression ? nameOf(owner) : textOf(owner))
}

const LOG_METHODS: ReadonlySet<string> = new Set(LOG_LEVELS)
const LOGGER = /^#?_?(log|logger|console)$/i

function kindOf(node: Node, throwers: ReadonlySet<string>): HandWritten | undefined {
  if (isRetry(node)) return 'retry'
  if (isCache(node)) return 'cache'
  if (isMapping(node, throwers)) return 'error-mapping'
  return undefined
}

const LOOPS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ForStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
])
const LEAVING: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ThrowStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.BreakStatement,
])

/** What an exponential delay is counted by. */
const ATTEMPTS = /attempt|fail|retr|tries/i

function isRetry(node: Node): boolean {
  if (node.kind === SyntaxKind.BinaryExpression) {
    const { operatorToken, right } = node as BinaryExpression
    const isPower = operatorToken.kind === SyntaxKind.AsteriskAsteriskToken
    return (
      isPower &&
      [...nodesOf(right)].some((inner) => inner.kind === SyntaxKind.Identifier && ATTEMPTS.test(textOf(inner)))
    )
  }
  if (!LOOPS.has(node.kind)) return false
  return [...nodesOf(node)].some((inner) => {
    if (inner.kind !== SyntaxKind.TryStatement) return false
    const last = (inner as TryStatement).catchClause?.block.statements.at(-1)
    return (inner as TryStatement).catchClause !== undefined && !(last && LEAVING.has(last.kind))
  })
}

const CACHE_NAME = /cache|memo/i
const CACHE_LIBRARY = /^(lru-cache|node-cache|quick-lru|keyv|cacheable|@isaacs\/ttlcache)$/

function isCache(node: Node): boolean {
  if (node.kind === SyntaxKind.ImportDeclaration)
    return CACHE_LIBRARY.test(((node as ImportDeclaration).moduleSpecifier as StringLiteral).text)
  if (node.kind === SyntaxKind.ClassDeclaration) return CACHE_NAME.test(nameOf(node))
  if (node.kind !== SyntaxKind.VariableDeclaration && node.kind !== SyntaxKind.PropertyDeclaration) return false
  const { initializer } = node as VariableDeclaration | PropertyDeclaration
  const isMap =
    initializer?.kind === SyntaxKind.NewExpression && textOf((initializer as NewExpression).expression).endsWith('Map')
  return isMap && CACHE_NAME.test(nameOf(node))
}

function isMapping(node: Node, throwers: ReadonlySet<string>): boolean {
  if (node.kind === SyntaxKind.CatchClause) return throwsOwn((node as CatchClause).block)
  const handler = handlerOf(node) ?? secondHandlerOf(node)
  if (handler === undefined) return false
  return handler.kind === SyntaxKind.Identifier ? throwers.has(textOf(handler)) : isThrower(handler)
}

/** What is given to `.catch(…)`. */
function handlerOf(node: Node): Expression | undefined {
  return givenTo('catch', node)?.[0]
}

/** What is given to `.then(…)` for failures. */
function secondHandlerOf(node: Node): Expression | undefined {
  return givenTo('then', node)?.[1]
}

function givenTo(method: string, node: Node): readonly Expression[] | undefined {
  if (node.kind !== SyntaxKind.CallExpression) return undefined
  const { expression, arguments: given } = node as CallExpression
  const isMethod = expression.kind === SyntaxKind.PropertyAccessExpression
  return isMethod && nameOf(expression) === method ? given : undefined
}

const FUNCTIONS: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.FunctionDeclaration,
  SyntaxKind.ArrowFunction,
  SyntaxKind.FunctionExpression,
])

/** A function of at most a failure that throws what it makes. */
function isThrower(node: Node): boolean {
  if (!FUNCTIONS.has(node.kind)) return false
  const { parameters, body } = node as FunctionDeclaration
  return parameters.length <= 1 && body !== undefined && throwsOwn(body)
}

/** Passing on what was caught, or the reason of a signal, makes nothing. */
function throwsOwn(body: Node): boolean {
  return [...nodesOf(body)]
    .filter((node) => node.kind === SyntaxKind.ThrowStatement)
    .some((node) => [...nodesOf((node as ThrowStatement).expression)].some(({ kind }) => MAKING.has(kind)))
}

const MAKING: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.CallExpression, SyntaxKind.NewExpression])

function nameOf(node: Node): string {
  const { name } = node as ClassDeclaration
  return name ? textOf(name) : ''
}

function textOf(node: Node): string {
  return (node as Partial<StringLiteral>).text ?? ''
}
