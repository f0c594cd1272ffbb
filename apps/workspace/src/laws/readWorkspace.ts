import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export type SourceFile = Readonly<{ path: string; text: string; imports: readonly string[] }>

export type WorkspacePackage = Readonly<{
  /** Folder from the root, such as `packages/kernel`. */
  folder: string
  name: string
  dependencies: readonly string[]
  /** Name and version of every dependency, those for development included. */
  versions: readonly (readonly [string, string])[]
  exports: readonly string[]
  sources: readonly SourceFile[]
}>

type Manifest = Readonly<{
  name: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  exports?: Record<string, unknown>
}>

export const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../..')

const IMPORT = /(?:\bfrom\s+|\b(?:import|require)\s*\(\s*|^\s*import\s+)['"]([^'"]+)['"]/gm

/** Every package and app of the repository, read from disk. */
export function readWorkspace(root = ROOT): readonly WorkspacePackage[] {
  return globSync('{packages,apps}/*/package.json', { cwd: root }).map((path) => readPackage(root, dirname(path)))
}

function readPackage(root: string, folder: string): WorkspacePackage {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest
  return {
    folder,
    name: manifest.name,
    dependencies: Object.keys(manifest.dependencies ?? {}),
    versions: Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }),
    exports: Object.keys(manifest.exports ?? {}),
    sources: globSync('src/**/*.{ts,tsx}', { cwd: join(root, folder) }).map((path) =>
      readSource(root, join(root, folder, path)),
    ),
  }
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(path, 'utf8')
  return { path: relative(root, path), text, imports: [...text.matchAll(IMPORT)].map((match) => match[1] as string) }
}

/** True for files that are not shipped: tests and the test kits' own tests. */
export function isTest({ path }: SourceFile): boolean {
  return /\.test\.tsx?$/.test(path)
}

/** The library that an import specifier belongs to: `pkg` or `@scope/pkg`. */
export function libraryOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')
}
