import { defineErrors } from '@gradvis/kernel'

const caller = { fault: 'caller', retryable: false } as const

/** Kept in KiB, as the text says it. */
export const MAX_BODY_KIB = 64

/** What the HTTP side refuses before any service is asked. */
export const httpErrors = defineErrors('http', {
  unauthorized: {
    ...caller,
    sv: 'En giltig åtkomsttoken saknas. Skicka "Authorization: Bearer <token>"; npm start skriver ut en.',
    en: 'A valid access token is missing. Send "Authorization: Bearer <token>"; npm start prints one.',
  },
  not_found: {
    ...caller,
    sv: 'Sidan finns inte. Kontrollera metod och adress; alla adresser står i apps/protokoll/README.md.',
    en: 'There is no such page. Check method and address; apps/protokoll/README.md lists them all.',
  },
  no_rollout: {
    ...caller,
    sv: 'Här körs ingen utrullning; planens datum avgör. Starta med --store eller --accelerate.',
    en: 'No rollout runs here; the plan’s dates decide. Start with --store or --accelerate.',
  },
  bad_request: {
    ...caller,
    sv: 'Anropet går inte att läsa. Skicka en giltig adress och giltig JSON, eller ingen kropp alls.',
    en: 'The request cannot be read. Send a valid address and valid JSON, or no body at all.',
  },
  body_too_large: {
    ...caller,
    sv: 'Kroppen är för stor. Skicka högst {{limitKiB}} KiB.',
    en: 'The body is too large. Send at most {{limitKiB}} KiB.',
  },
  unsupported_media_type: {
    ...caller,
    sv: 'Kroppens typ stöds inte. Skicka JSON med "Content-Type: application/json".',
    en: 'The type of the body is not supported. Send JSON with "Content-Type: application/json".',
  },
})
