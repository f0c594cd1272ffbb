import type { Implementation } from '@gradvis/kernel'

/** Whose code a script is: `backup-service` and the side. */
export type HeapOwner = Readonly<{ folder: string; implementation: Implementation }>

/**
 * `packages/backup-service/src/migrated/…` and, as published, `node_modules/@gradvis/backup-service/dist/legacy/…`,
 * as a path or a URL.
 */
const SIDE_OF_SERVICE =
  /[/\\](?:packages|@gradvis)[/\\](?<folder>[a-z0-9-]+-service)[/\\](?:src|dist)[/\\](?<side>legacy|migrated)[/\\]/

/** Undefined for everything that is not the code of one side of one service: what both sides share, libraries, Node. */
export function heapOwnerOf(url: string): HeapOwner | undefined {
  const found = SIDE_OF_SERVICE.exec(url)?.groups
  if (found === undefined) return undefined
  return { folder: found['folder'] as string, implementation: found['side'] as Implementation }
}

/** The folder that a service of this name is kept in, so that no table of both is needed. */
export function isFolderOf(folder: string, service: string): boolean {
  return folder.replaceAll('-', '') === service.toLowerCase()
}
