import type { Managed } from '@gradvis/base-service'
import { describe, expect, it } from 'vitest'

import type { __Pascal__Service } from '../__camel__Contract.ts'

/** What any implementation of the contract must do. `create` gives a fresh one, not started. */
export function describe__Pascal__Conformance(name: string, create: () => Managed<__Pascal__Service>): void {
  const started = async () => {
    const service = create()
    await service.start()
    return service
  }

  describe(`__Pascal__Service contract: ${name}`, () => {
    it('gives back what was saved', async () => {
      const service = await started()
      await service.saveEntry({ name: 'a', text: 'hej' })
      expect(await service.getEntry({ name: 'a' })).toEqual({ name: 'a', text: 'hej' })
    })

    it('says whether there was something to remove', async () => {
      const service = await started()
      await service.saveEntry({ name: 'a', text: 'hej' })
      expect(await service.removeEntry({ name: 'a' })).toEqual({ removed: true })
      expect(await service.removeEntry({ name: 'a' })).toEqual({ removed: false })
    })

    it('answers an unknown name with a code, in Swedish', async () => {
      const service = await started()
      await expect(service.getEntry({ name: 'b' })).rejects.toMatchObject({
        code: '__snake__.entry_not_found',
        fault: 'caller',
        message: expect.stringContaining('Ingen post') as string,
      })
    })

    it('refuses an empty name by the fault of the caller', async () => {
      const service = await started()
      await expect(service.saveEntry({ name: '', text: '' })).rejects.toMatchObject({
        code: 'service.invalid_input',
        fault: 'caller',
      })
    })

    it('takes no calls before start and after stop, both of which may be repeated', async () => {
      const service = create()
      await expect(service.getEntry({ name: 'a' })).rejects.toMatchObject({ code: 'service.not_running' })
      await service.start()
      await service.start()
      await service.stop()
      await service.stop()
      await expect(service.getEntry({ name: 'a' })).rejects.toMatchObject({ code: 'service.not_running' })
    })
  })
}
