/** Where entries are kept. Both sides use the same one, so a rollback loses nothing. */
export interface EntryStore {
  get(name: string): Promise<string | undefined>
  set(name: string, text: string): Promise<void>
  /** Says whether there was one. */
  delete(name: string): Promise<boolean>
}
