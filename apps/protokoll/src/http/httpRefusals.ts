import type { LocalizedText } from '@gradvis/kernel'

type Refusal = Readonly<{ code: string; text: LocalizedText }>

/** Kept in KiB, as the text says it. */
export const MAX_BODY_KIB = 64

export const UNAUTHORIZED: Refusal = {
  code: 'http.unauthorized',
  text: {
    sv: 'En giltig åtkomsttoken saknas. Skicka "Authorization: Bearer <token>"; npm start skriver ut en.',
    en: 'A valid access token is missing. Send "Authorization: Bearer <token>"; npm start prints one.',
  },
}

export const NOT_FOUND: Refusal = {
  code: 'http.not_found',
  text: {
    sv: 'Sidan finns inte. Kontrollera metod och adress; alla adresser står i apps/protokoll/README.md.',
    en: 'There is no such page. Check method and address; apps/protokoll/README.md lists them all.',
  },
}

export const NO_ROLLOUT: Refusal = {
  code: 'http.no_rollout',
  text: {
    sv: 'Här körs ingen utrullning; planens datum avgör. Starta med --store eller --accelerate.',
    en: 'No rollout runs here; the plan’s dates decide. Start with --store or --accelerate.',
  },
}

const BAD_REQUEST: Refusal = {
  code: 'http.bad_request',
  text: {
    sv: 'Anropet går inte att läsa. Skicka en giltig adress och giltig JSON, eller ingen kropp alls.',
    en: 'The request cannot be read. Send a valid address and valid JSON, or no body at all.',
  },
}

const BY_STATUS: Readonly<Record<number, Refusal>> = {
  404: NOT_FOUND,
  413: {
    code: 'http.body_too_large',
    text: {
      sv: `Kroppen är för stor. Skicka högst ${MAX_BODY_KIB} KiB.`,
      en: `The body is too large. Send at most ${MAX_BODY_KIB} KiB.`,
    },
  },
  415: {
    code: 'http.unsupported_media_type',
    text: {
      sv: 'Kroppens typ stöds inte. Skicka JSON med "Content-Type: application/json".',
      en: 'The type of the body is not supported. Send JSON with "Content-Type: application/json".',
    },
  },
}

/** What the web framework refuses by itself, by its HTTP status (below 500), in our words. */
export function refusalOf(status: number): Refusal {
  return BY_STATUS[status] ?? BAD_REQUEST
}
