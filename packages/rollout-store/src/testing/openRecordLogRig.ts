import { systemClock } from '@gradvis/kernel'

import { openRecordLog } from '../records/openRecordLog.ts'
import type { RecordLog } from '../records/RecordLog.ts'
import { PostgresRig } from './PostgresRig.ts'
import type { RecordLogRig } from './RecordLogRig.ts'
import { SqliteRig } from './SqliteRig.ts'
import type { PostgresServer } from './startPostgres.ts'

/** Record logs in the file of a rollout store. */
export async function openSqliteRecordLogRig(): Promise<RecordLogRig & Readonly<{ file: string }>> {
  const rig = await SqliteRig.create()
  return Object.assign(await logsOf(rig, rig.file), { file: rig.file })
}

/** Record logs in a new database of a running server. */
export async function openPostgresRecordLogRig(server: PostgresServer): Promise<RecordLogRig> {
  const rig = await PostgresRig.create(server)
  return logsOf(rig, rig.url)
}

async function logsOf(
  rig: AsyncDisposable & Readonly<{ query: (sql: string) => Promise<readonly unknown[]> }>,
  location: string,
): Promise<RecordLogRig> {
  const opened: RecordLog[] = []
  const openAnother = async () => {
    const log = await openRecordLog(location, { clock: systemClock })
    opened.push(log)
    return log
  }
  return {
    log: await openAnother(),
    openAnother,
    query: (sql) => rig.query(sql),
    [Symbol.asyncDispose]: async () => {
      await Promise.all(opened.map((log) => log.close()))
      await rig[Symbol.asyncDispose]()
    },
  }
}
