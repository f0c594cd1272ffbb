import { knownAmounts, type MemoryAmount, type MemoryAmounts } from '../evidence/MemoryAmount.ts'
import type { ObservationWindow } from '../evidence/ObservationWindow.ts'
import { OperationRecord } from './OperationRecord.ts'
import type { RecordedOperation } from './WindowRecorder.ts'

/** All channels times all kinds of personal data, with room for more. */
const MAX_FINDINGS = 128

type SideWindow = MemoryAmounts & Pick<ObservationWindow, 'operations' | 'findings'>

/** One side of one service in the window that is open. */
export class SideRecord {
  readonly #operations = new Map<string, OperationRecord>()
  readonly #findings = new Map<string, number>()
  readonly #memory: { [Amount in MemoryAmount]?: number } = {}

  add(call: RecordedOperation): void {
    let record = this.#operations.get(call.operation)
    if (record === undefined) this.#operations.set(call.operation, (record = new OperationRecord()))
    record.add(call)
  }

  addFinding(channel: string, kind: string): void {
    const name = `${channel}:${kind}`
    const key = this.#findings.has(name) || this.#findings.size < MAX_FINDINGS ? name : 'other'
    this.#findings.set(key, (this.#findings.get(key) ?? 0) + 1)
  }

  setMemory(amounts: MemoryAmounts): void {
    Object.assign(this.#memory, knownAmounts(amounts))
  }

  get isEmpty(): boolean {
    return this.#operations.size === 0 && this.#findings.size === 0 && Object.keys(this.#memory).length === 0
  }

  toWindow(): SideWindow {
    const operations = [...this.#operations].map(([name, record]) => [name, record.toWindow()])
    return {
      ...this.#memory,
      ...(this.#findings.size > 0 && { findings: Object.fromEntries(this.#findings) }),
      operations: Object.fromEntries(operations),
    }
  }
}
