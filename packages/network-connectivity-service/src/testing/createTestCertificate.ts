import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type TestCertificate = Readonly<{ key: string; cert: string }>

/**
 * A fresh self-signed certificate for a host name, valid for a day, or expired since yesterday. Undefined where the
 * `openssl` program is missing: Node itself cannot make one.
 */
export async function createTestCertificate(host: string, expired = false): Promise<TestCertificate | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'gradvis-certificate-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  try {
    await run('openssl', ['req', '-x509', ...curve, '-days', '1', ...subject, '-keyout', key, '-out', cert])
    if (expired) await run('openssl', ['x509', '-in', cert, '-signkey', key, '-days', '-1', '-out', cert])
    return { key: await readFile(key, 'utf8'), cert: await readFile(cert, 'utf8') }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  } finally {
    await rm(folder, { recursive: true })
  }
}
