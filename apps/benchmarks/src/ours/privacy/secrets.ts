import type { SeededRandom } from './SeededRandom.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const ALPHANUMERIC = `${LETTERS}0123456789`
const BASE64URL = `${ALPHANUMERIC}-_`

/** What their issuers mark by a prefix: found wherever they stand. */
export function markedSecret(random: SeededRandom): string {
  const text = (count: number, alphabet = ALPHANUMERIC) => random.text(count, alphabet)
  const capitals = (count: number) => text(count, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789')
  return random.pick([
    () => `eyJ${text(30, BASE64URL)}.eyJ${text(60, BASE64URL)}.${text(43, BASE64URL)}`,
    () => `AKIA${random.text(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    () => `${random.pick(['ghp', 'gho', 'ghs'])}_${text(36)}`,
    () => `github_pat_${text(22)}_${text(59)}`,
    () => `glpat-${text(20, BASE64URL)}`,
    () => `xoxb-${random.digits(11)}-${random.digits(12)}-${text(24)}`,
    () => `${random.pick(['sk', 'rk'])}_${random.pick(['live', 'test'])}_${text(24)}`,
    () => `AIza${text(35, BASE64URL)}`,
    () => `npm_${text(36)}`,
    () => `SG.${text(22, BASE64URL)}.${text(43, BASE64URL)}`,
    () => `sk-proj-${text(48, BASE64URL)}`,
    () => `hf_${random.text(34, LETTERS)}`,
    () => `whsec_${text(32)}`,
    () => `ASIA${random.text(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567')}`,
    () => `https://hooks.slack.com/services/T${capitals(8)}/B${capitals(10)}/${text(24)}`,
    () => privateKey(random),
  ])()
}

/** What only its surroundings give away: `Bearer`, `lösenord:`, `api_key=`, the password of an address. */
export function namedSecret(random: SeededRandom): string {
  const password = random.text(random.int(10, 16), `${ALPHANUMERIC}!#%*`)
  const token = random.text(random.int(24, 40), ALPHANUMERIC)
  return random.pick([
    () => `Authorization: Bearer ${token}`,
    () => `${random.pick(['password', 'passwd', 'lösenord', 'Lösenord'])}${random.pick(['=', ': '])}${password}`,
    () =>
      `${random.pick(['api_key', 'apiKey', 'api-key', 'client_secret', 'access_token'])}${random.pick(['=', ': '])}${token}`,
    () => `"${random.pick(['password', 'secret', 'token'])}": "${token}"`,
    () => `Authorization: Basic ${Buffer.from(`kansli:${password}`).toString('base64')}`,
    () => `aws_secret_access_key = ${random.text(40, `${ALPHANUMERIC}+/`)}`,
    () => `AccountKey=${random.text(86, `${ALPHANUMERIC}+/`)}==`,
    () => `pwd=${password}`,
    () => `postgres://protokoll:${random.text(16, ALPHANUMERIC)}@db.internal:5432/protokoll`,
    () => `https://kansli:${random.text(16, ALPHANUMERIC)}@arkiv.example/export`,
  ])()
}

function privateKey(random: SeededRandom): string {
  const title = `${random.pick(['RSA ', 'EC ', 'OPENSSH ', ''])}PRIVATE KEY`
  const lines = Array.from({ length: 4 }, () => random.text(64, `${ALPHANUMERIC}+/`))
  return [`-----BEGIN ${title}-----`, ...lines, `-----END ${title}-----`].join('\n')
}
