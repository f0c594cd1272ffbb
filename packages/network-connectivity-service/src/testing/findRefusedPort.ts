import { startTcpServer } from './startTcpServer.ts'

/** A port of loopback where nobody listens: it was free a moment ago. */
export async function findRefusedPort(): Promise<number> {
  await using server = await startTcpServer()
  return server.port
}
