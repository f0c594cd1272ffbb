import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'

import { type Node, SyntaxKind } from 'typescript/unstable/ast'
import { describe, expect, it } from 'vitest'

import { readWorkspace, ROOT } from '../laws/readWorkspace.ts'
import { baseClassOf } from './baseClass.ts'
import { countDecisions } from './countDecisions.ts'
import { countTokens } from './countTokens.ts'
import { handWrittenIn, isCatch, isLogging } from './handWritten.ts'
import { measureSources } from './measureSources.ts'
import { MIGRATED_SERVICES, sourcesOf } from './MigratedService.ts'
import { nodesOf, SyntaxTrees } from './SyntaxTrees.ts'

function inText<T>(text: string, read: (file: ReturnType<SyntaxTrees['get']>) => T): T {
  using trees = SyntaxTrees.ofTexts({ 'a.ts': text })
  return read(trees.get('a.ts'))
}

describe('countTokens', () => {
  it.each([
    ['const a = 1', 4],
    ['const a = 1 // a comment\n\n\n/* another */', 4],
    ['a.b(c)', 6],
    ['x = /[/"`]+/g', 3],
    ['x = a / b / c', 7],
    ['x = `plain`', 3],
    // Two before it, then head, a name, middle, a call of five tokens, tail.
    ['x = `a${b}c${d({})}e`', 11],
    ['x = `${`${1}`}`', 7],
  ])('counts %s as %i', (text, tokens) => {
    expect(inText(text, countTokens)).toBe(tokens)
  })

  it('counts the same whatever the layout', () => {
    const close = 'function f(a:number){return a?`x${a}`:/b/}'
    const wide = 'function f(\n  a: number,\n) {\n  // why\n  return a\n    ? `x${a}`\n    : /b/\n}\n'
    // One more: the comma at the end of the parameters.
    expect(inText(wide, countTokens)).toBe(inText(close, countTokens) + 1)
  })
})

describe('countDecisions', () => {
  it('counts every fork of the flow', () => {
    const text = `
      for (const a of b) if (a && c) d(); else e()
      while (a ?? b) try { f() } catch { g() }
      switch (a) { case 1: break; default: break }
      const h = a ? b : c || d`
    expect(inText(text, countDecisions)).toBe(9)
  })
})

describe('handWrittenIn', () => {
  const found = (text: string) =>
    inText(text, (file) => handWrittenIn([file]).map(({ what, line }) => `${what} ${line}`))

  it('finds a loop that carries on after a failure, and a delay that grows with failures', () => {
    expect(found('for (;;) {\n  try { return await f() } catch { await sleep(1) }\n}')).toEqual(['retry 1'])
    expect(found('const delay = base * 2 ** (attempts - 1)')).toEqual(['retry 1'])
  })

  it('takes no loop that a failure leaves for a retry, and no other power', () => {
    expect(found('for (;;) { try { f() } catch { break } }')).toEqual([])
    expect(found('const max = 2 ** 16 - length')).toEqual([])
    expect(found('for (const item of items) { try { f(item) } catch { skipped += 1 } }')).toEqual([])
  })

  it('finds a cache of its own and none that the base gives', () => {
    expect(found("import { LRUCache } from 'lru-cache'")).toEqual(['cache 1'])
    expect(found('class A {\n  #cache = new Map()\n}')).toEqual(['cache 2'])
    expect(found('class A { #sessions = new Map(); #store = new Store(this.cache) }')).toEqual([])
  })

  it('finds what is caught and thrown as another, also by a function that is handed over', () => {
    expect(found('try { f() } catch (error) {\n  throw toOther(error)\n}')).toEqual(['error-mapping 1'])
    expect(found('await f().catch((error) => {\n  throw new Other(error)\n})')).toEqual(['error-mapping 1'])
    expect(found('function other(cause) { throw new Other(cause) }\nawait f().catch(other)')).toEqual([
      'error-mapping 2',
    ])
    expect(found('await f().then(g, (error) => {\n  throw new Other(error)\n})')).toEqual(['error-mapping 1'])
  })

  it('takes for the base’s what the base is told of failures and backoff', () => {
    expect(found('super(contract, context, { translate: (error) => new Other(error) })')).toEqual([])
    expect(found('await translateFailure(f(), (cause) => errors.create("busy", {}, { cause }))')).toEqual([])
    expect(found('await sleep(clock, fullJitterBackoffMs(failures, limits, random))')).toEqual([])
  })

  it('takes no passing on for a mapping', () => {
    expect(found('try { f() } catch (error) { undo(); throw error }')).toEqual([])
    expect(found('await f().catch(() => undefined)')).toEqual([])
    expect(found('await f().then(g, (error) => { if (isBad(error)) throw error })')).toEqual([])
    expect(found('f().then((a) => { throw new Other(a) })')).toEqual([])
    expect(found('try { f() } catch { throw signal.reason }')).toEqual([])
  })
})

describe('baseClassOf', () => {
  it('names the base, and none where a class extends something else', () => {
    expect(inText('class A extends MediaBaseService<B> implements C {}', (file) => baseClassOf([file]))).toBe(
      'MediaBaseService',
    )
    expect(inText('class A extends Other {}\nclass B implements BaseService {}', (file) => baseClassOf([file]))).toBe(
      undefined,
    )
  })
})

describe.each(MIGRATED_SERVICES)('the sources of $name', (service) => {
  const paths = sourcesOf(service, ROOT)

  it('are those of a package with two sides', () => {
    const known = readWorkspace().filter((one) => one.exports.includes('./legacy'))
    expect(known.map((one) => one.folder)).toContain(service.folder)
    expect(MIGRATED_SERVICES).toHaveLength(known.length)
  })

  it('name every adapter file, and legacy without them knows nothing of the base', () => {
    for (const name of service.adapters) expect(existsSync(join(ROOT, service.folder, 'src/legacy', name))).toBe(true)
    const sources = readWorkspace().flatMap((one) => one.sources)
    const legacy = sources.filter((file) => paths.legacy.includes(join(ROOT, file.path)))
    expect(legacy).toHaveLength(paths.legacy.length)
    const knowing = legacy.filter((file) => file.imports.includes('@gradvis/base-service'))
    expect(knowing.map((file) => basename(file.path))).toEqual([])
  })

  it('never have fewer tokens than the tree has names and literals', () => {
    using trees = SyntaxTrees.ofPackage(join(ROOT, service.folder))
    for (const path of [...paths.legacy, ...paths.migrated]) {
      const file = trees.get(path)
      const leaves = [...nodesOf(file)].filter(isLeafToken).length
      // Names and literals are nodes; punctuation and keywords come on top.
      expect(countTokens(file), path).toBeGreaterThan(leaves)
    }
  })

  it('can be measured, and extend the base', () => {
    const { parts, base } = measureSources(service, ROOT)
    expect(base).toMatch(/BaseService$/)
    for (const part of Object.values(parts)) expect(part.tokens).toBeGreaterThan(part.files)
  })
})

describe('isCatch', () => {
  it('is a clause or a method of a promise', () => {
    const text = 'try { f() } catch {}\ng().catch(h)\ncatcher()'
    expect(inText(text, (file) => [...nodesOf(file)].filter(isCatch).length)).toBe(2)
  })
})

describe('isLogging', () => {
  it('is a call of a logger, however it is reached', () => {
    const text = 'logger.info("a")\nthis.#log.warn("b")\nthis.context.logger.error("c")\nMath.log(1)\nboard.error(d)'
    expect(inText(text, (file) => [...nodesOf(file)].filter(isLogging).length)).toBe(3)
  })
})

const LEAVES: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.Identifier,
  SyntaxKind.StringLiteral,
  SyntaxKind.NumericLiteral,
  SyntaxKind.RegularExpressionLiteral,
  SyntaxKind.TemplateHead,
  SyntaxKind.TemplateMiddle,
  SyntaxKind.TemplateTail,
  SyntaxKind.NoSubstitutionTemplateLiteral,
])

function isLeafToken(node: Node): boolean {
  return LEAVES.has(node.kind)
}
