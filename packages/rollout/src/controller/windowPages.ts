import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import type { RolloutStore, WindowCursor, WindowPage } from './RolloutStore.ts'

type From = Readonly<{ cursor?: WindowCursor | undefined; sinceMs?: number | undefined }>

/** Page after page of what a reader has not seen, until there is no more. On `restart`, forget what came before. */
export async function* windowPages(
  store: Pick<RolloutStore, 'readWindows'>,
  { cursor, sinceMs }: From,
  signal?: AbortSignal,
): AsyncGenerator<WindowPage, void> {
  for (let at = cursor; ;) {
    const page = await store.readWindows({ cursor: at, sinceMs }, signal)
    yield page
    if (!page.more) return
    at = page.cursor
  }
}

/** All windows that end after `sinceMs`, in memory: for reports, not for what runs all the time. */
export async function readAllWindows(
  store: Pick<RolloutStore, 'readWindows'>,
  sinceMs: number,
  signal?: AbortSignal,
): Promise<readonly ObservationWindow[]> {
  let windows: ObservationWindow[] = []
  for await (const page of windowPages(store, { sinceMs }, signal)) {
    if (page.restart) windows = []
    windows.push(...page.windows)
  }
  return windows
}
