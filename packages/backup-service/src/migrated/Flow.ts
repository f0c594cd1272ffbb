/** What every flow of bytes heeds: when to end, and who counts. */
export type Flow = Readonly<{ signal: AbortSignal; onBytes: (bytes: number) => void }>
