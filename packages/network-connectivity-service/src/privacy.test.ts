import { createTestContext, type TestContext } from '@gradvis/base-service/testing'
import { describe, expect, it } from 'vitest'

import { createLegacyNetworkConnectivityService } from './legacy/index.ts'
import { createMigratedNetworkConnectivityService } from './migrated/index.ts'
import type { NetworkConnectivityOptions } from './NetworkConnectivityOptions.ts'
import { answering, findRefusedPort, startHttpServer } from './testing/index.ts'

const sides = [
  ['legacy', createLegacyNetworkConnectivityService],
  ['migrated', createMigratedNetworkConnectivityService],
] as const

describe.each(sides)('what %s logs', (_name, create) => {
  const useTwice = async (context: TestContext, options: NetworkConnectivityOptions) => {
    const service = create(context, options)
    await service.start()
    await service.subscribe({
      listener: () => {
        throw new Error('account 4711')
      },
    })
    await service.checkBackend()
    await service.checkBackend()
    await service.diagnose()
    await service.stop()
  }

  it('says what changed, and holds no address, no query and no foreign message', async () => {
    const context = createTestContext()
    await using server = await startHttpServer(answering(503, {}, 'account 4712'))
    const urls = [`http://127.0.0.1:${server.port}/?token=s3cret`, `http://127.0.0.1:${await findRefusedPort()}/s3cret`]
    await useTwice(context, { endpoints: urls.map((url, index) => ({ name: `endpoint ${index}`, url })) })
    const logged = JSON.stringify(context.logger.lines)
    expect(context.logger.lines).toContainEqual(expect.objectContaining({ level: 'info' }))
    expect(context.logger.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'a network listener failed' }),
    )
    expect(logged).not.toMatch(/s3cret|4711|4712|127\.0\.0\.1/)
  })
})
