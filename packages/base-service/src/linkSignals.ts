export type LinkedSignal = Disposable & Readonly<{ signal: AbortSignal }>

/**
 * One signal that aborts with the first of its sources and for its reason, until it is disposed of. Not
 * `AbortSignal.any`: with a source that lives as long as the process it is twenty times slower and holds on to memory
 * (Node 24: 5 µs, and 73 MB after 400,000 calls).
 */
export function linkSignals(...given: readonly (AbortSignal | undefined)[]): LinkedSignal {
  const aborter = new AbortController()
  const sources = given.filter((source) => source !== undefined)
  const dispose = () => {
    for (const source of sources) source.removeEventListener('abort', onAbort)
  }
  const onAbort = () => {
    dispose()
    aborter.abort(sources.find((source) => source.aborted)?.reason)
  }
  for (const source of sources) source.addEventListener('abort', onAbort)
  if (sources.some((source) => source.aborted)) onAbort()
  return { signal: aborter.signal, [Symbol.dispose]: dispose }
}
