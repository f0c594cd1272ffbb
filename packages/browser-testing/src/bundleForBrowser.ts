import { build } from 'esbuild'

/**
 * Bundles a module and everything it imports, from source, into one classic script that sets `globalThis[globalName]`
 * to the module's exports. Rejects when any part of it cannot run in a browser: an import of a Node builtin, written
 * with or without `node:`, static or dynamic, guarded or not.
 */
export async function bundleForBrowser(entryFile: string, globalName = 'bundle'): Promise<string> {
  const { outputFiles, metafile, warnings } = await build({
    entryPoints: [entryFile],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2024',
    globalName,
    conditions: ['@gradvis/source'],
    logLevel: 'silent',
  })
  const left = Object.values(metafile.outputs).flatMap((output) => output.imports.map((one) => one.path))
  // An unresolved import inside `try` or before `.catch` is no error to esbuild, only a warning.
  const doubts = warnings.map((warning) => warning.text)
  if (left.length + doubts.length > 0) {
    throw new Error(`${entryFile} does not bundle for browsers: ${[...left, ...doubts].join('; ')}`)
  }
  return outputFiles.map((file) => file.text).join('\n')
}
