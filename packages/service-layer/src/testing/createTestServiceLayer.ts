import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { silentLogger } from '@gradvis/kernel'
import { createMemorySignalling } from '@gradvis/webrtc-peer-service'

import { createServiceLayer, type ServiceLayerOptions } from '../createServiceLayer.ts'
import type { ServiceLayer } from '../ServiceLayer.ts'

/**
 * The real services for an application's own tests: everything migrated (as in development), backups in a temporary
 * folder, signalling in memory, no endpoints, no log. `await using` stops it and removes the folder.
 */
export async function createTestServiceLayer(overrides: Partial<ServiceLayerOptions> = {}): Promise<ServiceLayer> {
  const folder = await mkdtemp(join(tmpdir(), 'gradvis-test-'))
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  try {
    const layer = createIn(folder, overrides)
    const stop = layer.stop.bind(layer)
    layer.stop = async () => {
      await stop()
      await removeFolder()
    }
    return layer
  } catch (error) {
    await removeFolder()
    throw error
  }
}

function createIn(folder: string, overrides: Partial<ServiceLayerOptions>): ServiceLayer {
  return createServiceLayer({
    env: { NODE_ENV: 'development' },
    logger: silentLogger,
    webrtc: { signalling: createMemorySignalling(), additionalHostAddresses: ['127.0.0.1'] },
    ...overrides,
    backup: {
      storeFolder: join(folder, 'backups'),
      restoreRoots: [folder],
      sourceRoots: [folder],
      ...overrides.backup,
    },
  })
}
