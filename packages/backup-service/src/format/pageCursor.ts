type Place = Readonly<{ createdAt: string; id: string }>

/** Places in a list of backups. Both implementations read each other's cursors: a flip between two pages loses nothing. */
export const pageCursor = {
  /** The order of a list: newest first, equal times by id. */
  compare(this: void, a: Place, b: Place): number {
    if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? 1 : -1
    if (a.id === b.id) return 0
    return a.id < b.id ? 1 : -1
  },

  /** The place after which the next page begins, as opaque text. */
  encode: ({ createdAt, id }: Place): string => Buffer.from(`${createdAt} ${id}`).toString('base64url'),

  /** Undefined when the text is no cursor. */
  decode(cursor: string): Place | undefined {
    const match = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([0-9a-f-]{36})$/.exec(Buffer.from(cursor, 'base64url').toString())
    return match ? { createdAt: match[1] as string, id: match[2] as string } : undefined
  },
}
