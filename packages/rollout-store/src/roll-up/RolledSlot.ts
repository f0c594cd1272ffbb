import type { RollUpKey } from '../reading/ReaderPosition.ts'

/** What was done about a slot that was due. The next one is looked for after it: some of its windows may be damaged. */
export type RolledSlot = Readonly<{ slot: RollUpKey; count: number }>

export const BEFORE_ALL_SLOTS: RollUpKey = { slotMs: -Infinity, service: '', implementation: '' }
