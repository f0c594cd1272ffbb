import { startPostgres } from './startPostgres.ts'

// A process of its own: starts a server, says where, and never stops it.
const { port, folder } = await startPostgres()
process.stdout.write(`${JSON.stringify({ port, folder })}\n`)
