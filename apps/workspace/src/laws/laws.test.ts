import { readdirSync } from 'node:fs'
import { isBuiltin } from 'node:module'

import { describe, expect, it } from 'vitest'

import { DEPENDENCIES, SERVICE_DEPENDENCIES, SERVICE_EXCEPTIONS } from './dependencyTable.ts'
import { isTest, libraryOf, readWorkspace, ROOT, type WorkspacePackage } from './readWorkspace.ts'

const workspace = readWorkspace()
/** Measures both sides and our rivals beside each other, so it takes what nobody else may. */
const BENCHMARKS = 'apps/benchmarks'
const services = workspace.filter((one) => one.exports.includes('./legacy'))

describe('the workspace', () => {
  it('has the top level that the project fixed', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map((entry) => entry.name)
      .filter((name) => !['node_modules', 'coverage'].includes(name))
    expect(folders.sort(), 'Only packages/, apps/ and docs/ may be at the top level.').toEqual([
      'apps',
      'docs',
      'packages',
    ])
  })

  it('pins every version exactly', () => {
    const ranges = workspace.flatMap((one) => rangesOf(one))
    expect(ranges, 'A caret or tilde makes two machines install two things: pin the version exactly.').toEqual([])
  })
})

describe('the services', () => {
  it('are all there: every package named so has two sides, and the laws below are held against it', () => {
    const named = workspace
      .map((one) => one.folder)
      .filter((folder) => /^packages\/(?!base-service$)[\w-]+-service$/.test(folder))
    expect(
      services.map((one) => one.folder),
      'A service without the export ./legacy escapes every law: export both sides.',
    ).toEqual(expect.arrayContaining(named))
    expect(named.length, 'The laws hold of nothing when there is no service.').toBeGreaterThanOrEqual(3)
  })
})

describe('Law 1: no `if (flag)` inside a service; the container routes', () => {
  it.each(services.map((one) => [one.folder, one] as const))(
    '%s knows nothing of flags and rollouts',
    (_folder, one) => {
      const forbidden =
        /@gradvis\/(feature-flags|service-container|service-layer|rollout)|USE_MIGRATED_|FORCE_LEGACY_|process\.env/
      const guilty = one.sources.filter((file) => forbidden.test(file.text)).map((file) => file.path)
      expect(guilty, 'Law 1: a service must not know that a rollout exists. Let the container decide.').toEqual([])
    },
  )
})

describe('Law 2: one library, one door', () => {
  const libraries = [
    'inversify',
    'reflect-metadata',
    'i18next',
    'archiver',
    'werift',
    'pg',
    'postgres',
    'mysql2',
    'sqlite3',
    'better-sqlite3',
    'kysely',
    'pino',
    'cockatiel',
    'fastify',
  ]
  it.each(libraries)('%s has at most one importing package', (library) => {
    const importers = workspace
      // Benchmarks measure rivals: there a library of ours may stand beside us as one of them.
      .filter((one) => one.folder !== BENCHMARKS)
      .filter((one) => one.sources.some((file) => file.imports.some((specifier) => libraryOf(specifier) === library)))
      .map((one) => one.folder)
    const sentence = `Law 2: ${library} is imported by ${importers.join(' and ')}. Use the package that already wraps it.`
    expect(importers.length, sentence).toBeLessThanOrEqual(1)
  })
})

describe('Law 3: a routed service is never captured', () => {
  it('nobody but the container keeps a resolved instance', () => {
    const guilty = workspace
      .filter((one) => ![BENCHMARKS, 'packages/service-container'].includes(one.folder))
      .flatMap((one) => one.sources.filter((file) => !isTest(file)))
      .filter((file) => /\.resolve\s*(?:<[^>]*>)?\(\s*[A-Z]\w*Service\b/.test(file.text))
      .map((file) => file.path)
    expect(guilty, 'Law 3: inject the token and call the facade; a resolved instance freezes the rollout.').toEqual([])
  })

  it('nobody but the layer imports one side of a service', () => {
    const guilty = workspace
      .filter((one) => ![BENCHMARKS, 'packages/service-layer'].includes(one.folder))
      .flatMap((one) => one.sources.filter((file) => !isTest(file)))
      .filter((file) =>
        file.imports.some((specifier) => /^@gradvis\/[\w-]+-service\/(legacy|migrated)\b/.test(specifier)),
      )
      .map((file) => file.path)
    expect(
      guilty,
      'Law 3: only the layer may load a side; everybody else gets the service from the container.',
    ).toEqual([])
  })
})

describe('Law 4: a rollback loses nothing', () => {
  it.each(services.map((one) => [one.folder, one] as const))(
    '%s proves the whole matrix with its testing kit',
    (_folder, one) => {
      const kit = one.sources.find((file) => file.path.endsWith('src/testing/index.ts'))
      const matrix = kit?.text.match(/describe\w+CrossMatrix/)?.[0] ?? 'describe…CrossMatrix'
      // At the beginning of a line or after other code, but not behind a comment's marks.
      const call = new RegExp(String.raw`^(?!\s*(?://|/?\*)).*\b${matrix}\(`, 'm')
      const isRun = one.sources.some((file) => isTest(file) && call.test(file.text))
      expect(isRun, `Law 4: ${one.folder} must export ${matrix} from ./testing and run it in a test.`).toBe(true)
    },
  )
})

describe('boundaries: who may import whom', () => {
  it.each(workspace.map((one) => [one.folder, one] as const))('%s', (_folder, one) => {
    const allowed = allowedFor(one)
    const imported = ours(one.sources.filter((file) => !isTest(file)).flatMap((file) => file.imports.map(libraryOf)))
    const declared = ours(one.dependencies)
    const foreign = [...new Set([...imported, ...declared])].filter((name) => !allowed.includes(name))
    expect(foreign, `${one.folder} may import only ${allowed.join(', ') || 'nothing of ours'}.`).toEqual([])
  })

  it('no file reaches into another package by path', () => {
    const guilty = workspace.flatMap((one) =>
      one.sources
        .filter((file) => file.imports.some((specifier) => /\.\.\/.*\/src\//.test(specifier)))
        .map((file) => file.path),
    )
    expect(guilty, 'Import another package by its name: its exports are its whole surface.').toEqual([])
  })

  it('the packages that run in browsers import nothing of Node', () => {
    const isomorphic = workspace.filter((one) =>
      ['kernel', 'feature-flags', 'localization', 'rollout'].includes(shortName(one)),
    )
    const guilty = isomorphic.flatMap((one) =>
      one.sources
        .filter((file) => !isTest(file) && file.imports.some((specifier) => isBuiltin(specifier)))
        .map((file) => file.path),
    )
    expect(
      guilty,
      'kernel, localization, feature-flags and rollout run in browsers too: take what you need as a parameter.',
    ).toEqual([])
  })
})

function allowedFor(one: WorkspacePackage): readonly string[] {
  const everything = workspace.filter((other) => other.folder.startsWith('packages/')).map(shortName)
  if (one.folder.startsWith('apps/') || one.folder === 'packages/service-layer') return everything
  if (services.includes(one)) return [...SERVICE_DEPENDENCIES, ...(SERVICE_EXCEPTIONS[one.folder] ?? [])]
  return DEPENDENCIES[one.folder] ?? []
}

function ours(names: readonly string[]): readonly string[] {
  return names.filter((name) => name.startsWith('@gradvis/')).map((name) => name.slice('@gradvis/'.length))
}

function shortName(one: WorkspacePackage): string {
  return one.name.slice('@gradvis/'.length)
}

function rangesOf(one: WorkspacePackage): readonly string[] {
  return one.versions
    .filter(([, version]) => !/^\d+\.\d+\.\d+([-+].+)?$/.test(version))
    .map(([name, version]) => `${one.folder}: ${name}@${version}`)
}
