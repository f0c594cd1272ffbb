import { beforeAll, describe, expect, it, type TestContext } from 'vitest'

import type { FailureCode } from '../../FailureCode.ts'
import type { CreateNetworkConnectivity } from '../CreateNetworkConnectivity.ts'
import { createTestCertificate, type TestCertificate } from '../createTestCertificate.ts'
import { answering, startHttpServer } from '../startHttpServer.ts'
import { startTcpServer } from '../startTcpServer.ts'
import { useService } from '../useService.ts'

type Certificates = Readonly<{ right: TestCertificate; wrongHost: TestCertificate; expired: TestCertificate }>

/** What both the check and the diagnosis must say. */
function failureOf(code: FailureCode) {
  return {
    found: { reachable: false, errorCode: code },
    diagnosis: { verdict: 'failed', firstFailingLayer: 'tls', code },
  }
}

export function tlsCases(create: CreateNetworkConnectivity): void {
  let certificates: Certificates | undefined

  beforeAll(async () => {
    const right = await createTestCertificate('localhost')
    const wrongHost = await createTestCertificate('elsewhere.test')
    const expired = await createTestCertificate('localhost', true)
    certificates = right && wrongHost && expired ? { right, wrongHost, expired } : undefined
  })

  const given = ({ skip }: TestContext): Certificates =>
    certificates ?? skip('the openssl program is missing, so no certificate can be made')

  const probe = async (port: number, ca?: string) => {
    const endpoint = { name: 'api', url: `https://localhost:${port}/`, ...(ca !== undefined && { ca }) }
    await using service = await useService(
      create({ endpoints: [endpoint], probeTimeoutMs: 500, diagnosisDeadlineMs: 500 }),
    )
    const { endpoints } = await service.checkBackend()
    const diagnosis = await service.diagnose()
    return { found: endpoints[0], diagnosis }
  }

  describe('TLS', () => {
    it('reaches a server whose certificate it was told to trust', async (test) => {
      const { right } = given(test)
      await using server = await startHttpServer(answering(204), right)
      const { found, diagnosis } = await probe(server.port, right.cert)
      expect(found).toMatchObject({ reachable: true, statusCode: 204 })
      expect(found?.steps.map((step) => step.layer)).toEqual(['dns', 'tcp', 'tls', 'backend'])
      expect(found?.steps[2]?.evidence).toBe('TLSv1.3')
      expect(diagnosis).toMatchObject({ verdict: 'ok', firstFailingLayer: null })
    })

    it('does not trust a self-signed certificate', async (test) => {
      const { right } = given(test)
      await using server = await startHttpServer(answering(204), right)
      expect(await probe(server.port)).toMatchObject(failureOf('tls_untrusted'))
      expect(server.requests).toHaveLength(0)
    })

    it('refuses the certificate of another host', async (test) => {
      const { wrongHost } = given(test)
      await using server = await startHttpServer(answering(204), wrongHost)
      expect(await probe(server.port, wrongHost.cert)).toMatchObject(failureOf('tls_wrong_host'))
    })

    it('refuses a certificate that has expired', async (test) => {
      const { expired } = given(test)
      await using server = await startHttpServer(answering(204), expired)
      expect(await probe(server.port, expired.cert)).toMatchObject(failureOf('tls_expired'))
    })

    it('fails, and no more, when what it was told to trust is no certificate', async (test) => {
      const { right } = given(test)
      await using server = await startHttpServer(answering(204), right)
      const garbage = '-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----'
      const { found, diagnosis } = await probe(server.port, garbage)
      expect(found).toMatchObject({ reachable: false, statusCode: null })
      expect(diagnosis).toMatchObject({ verdict: 'failed', firstFailingLayer: 'tls' })
    })

    it('says that a server speaks no TLS', async () => {
      await using server = await startHttpServer(answering(204))
      expect(await probe(server.port)).toMatchObject(failureOf('tls_failed'))
    })

    it('says that TLS never gets ready', async () => {
      await using server = await startTcpServer()
      expect(await probe(server.port)).toMatchObject(failureOf('tls_timed_out'))
    })
  })
}
