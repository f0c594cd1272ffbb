const EARLIEST_MS = Date.parse('0001-01-01T00:00:00.000Z')
const LATEST_MS = Date.parse('9999-12-31T23:59:59.999Z')

/** Names and dates inside an archive. */
export const archiveLayout = {
  /** The records of a type: one JSON object per line. */
  recordsPath: (type: string): string => `records/${type}.ndjson`,

  /** A file, below the name of the folder that was asked for. */
  filePath: (folderName: string, relativePath: string): string => `files/${folderName}/${relativePath}`,

  /** A name for each folder, in order: its own, or with a number behind it when an earlier one has the same. */
  folderNames(names: readonly string[]): readonly string[] {
    const taken = new Set<string>()
    return names.map((name) => {
      let candidate = name
      for (let number = 2; taken.has(candidate); number += 1) candidate = `${name}-${number}`
      taken.add(candidate)
      return candidate
    })
  },

  /** A file's time as manifests have it; times outside the years 1 to 9999 become the nearest one inside. */
  modifiedAt: (timeMs: number): string =>
    new Date(Math.min(Math.max(Math.trunc(timeMs), EARLIEST_MS), LATEST_MS)).toISOString(),

  /** The date of every entry: a fixed one, so that equal content makes equal archives. The earliest that ZIP has. */
  entryDate: new Date('1980-01-01T00:00:00Z'),
}
