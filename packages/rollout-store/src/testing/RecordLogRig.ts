import type { RecordLog } from '../records/RecordLog.ts'

/** A fresh record log for one test. Disposing closes every log that was opened and removes the data. */
export interface RecordLogRig extends AsyncDisposable {
  readonly log: RecordLog
  /** Another one on the same data, as another process would open it. */
  openAnother(): Promise<RecordLog>
  /** Past the log, as whoever owns the data. */
  query(sql: string): Promise<readonly unknown[]>
}

export type OpenRecordLogRig = () => Promise<RecordLogRig>
