import { defineErrors } from '@gradvis/kernel'

export const privacyErrors = defineErrors('privacy', {
  no_pseudonym_key: {
    fault: 'caller',
    retryable: false,
    sv: 'Det finns ingen nyckel för pseudonymer. Ange minst en nyckel; den första i listan är den som används för nya pseudonymer.',
    en: 'There is no key for pseudonyms. Give at least one; the first of the list is the one used for new pseudonyms.',
  },
  invalid_key_id: {
    fault: 'caller',
    retryable: false,
    sv: 'En nyckel för pseudonymer har ett namn som inte går att använda. Ge varje nyckel ett eget namn av 1–32 tecken: gemener (a–z), siffror och bindestreck.',
    en: 'A key for pseudonyms has an id that cannot be used. Give each key an id of its own, 1–32 characters: lower-case letters (a–z), digits and hyphens.',
  },
  weak_pseudonym_key: {
    fault: 'caller',
    retryable: false,
    sv: 'Nyckeln {{keyId}} för pseudonymer är för kort ({{bytes}} byte). Skapa en ny slumpmässig nyckel på minst 32 byte.',
    en: 'The pseudonym key {{keyId}} is too short ({{bytes}} bytes). Create a new random key of at least 32 bytes.',
  },
})
