import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** Signed access tokens, `<subject>.<signature>`: enough for a demonstration that must not let one read another's data. */
export type AccessTokens = Readonly<{
  issue: (subject: string) => string
  /** The subject of a valid `Authorization: Bearer` header; undefined for anything else. */
  subjectOf: (authorization: string | undefined) => string | undefined
}>

/** Without a secret, or with an empty one that anybody could sign with, the tokens hold until the process ends. */
export function createAccessTokens(secret?: string): AccessTokens {
  const key = secret || randomBytes(32)
  const sign = (subject: string) => createHmac('sha256', key).update(subject).digest()
  return {
    issue: (subject) => `${subject}.${sign(subject).toString('base64url')}`,
    subjectOf(authorization = '') {
      const token = /^bearer ([\w-]{1,100})\.([\w-]{43})$/i.exec(authorization)
      if (token === null) return undefined
      const [, subject = '', signature = ''] = token
      return timingSafeEqual(sign(subject), Buffer.from(signature, 'base64url')) ? subject : undefined
    },
  }
}
