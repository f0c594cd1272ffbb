import { type FaultStream, WINDOWS_PER_MINUTE } from '../FaultStream.ts'

/**
 * Asks once a minute, as both controllers do by default or by custom, with the last minute's operations and faults.
 * Gives the index of the window after which `isFailed` first says so.
 */
export function perMinute(
  { operations, faults }: FaultStream,
  isFailed: (operations: number, faults: number) => boolean,
): number | undefined {
  for (let end = WINDOWS_PER_MINUTE; end <= operations.length; end += WINDOWS_PER_MINUTE) {
    let [all, failed] = [0, 0]
    for (let index = end - WINDOWS_PER_MINUTE; index < end; index++) {
      all += operations[index] as number
      failed += faults[index] as number
    }
    if (isFailed(all, failed)) return end - 1
  }
  return undefined
}
