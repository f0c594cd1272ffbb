/** The digit that completes a number under ISO/IEC 7812-1 annex B (Luhn, modulus 10). */
export function luhnDigit(digits: string): string {
  const sum = Array.from(digits)
    .reverse()
    .reduce((total, digit, place) => {
      const weighted = Number(digit) * (place % 2 === 0 ? 2 : 1)
      return total + (weighted > 9 ? weighted - 9 : weighted)
    }, 0)
  return String((10 - (sum % 10)) % 10)
}

/** Any digit but the one that completes it. `shift` 1 to 9 says which. */
export function wrongLuhnDigit(digits: string, shift: number): string {
  return String((Number(luhnDigit(digits)) + shift) % 10)
}

/** The two check digits of an IBAN, ISO 13616-1: 98 minus the remainder by 97 of account, country and 00. */
export function ibanDigits(country: string, account: string): string {
  const asNumber = Array.from(`${account}${country}00`, (character) => parseInt(character, 36)).join('')
  return String(98n - (BigInt(asNumber) % 97n)).padStart(2, '0')
}
