/**
 * Generated personal data of somebody who does not exist, none of which may leave a service. `traces` are what to look
 * for: also in the forms that text goes through on its way (without separators, encoded, escaped).
 */
export type Canary = Readonly<{
  personnummer: string
  email: string
  phone: string
  card: string
  name: string
  token: string
  traces: readonly string[]
}>

/** `random` is uniform in [0, 1). */
export function createCanary(random: () => number): Canary {
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('')
  const letters = (count: number) =>
    Array.from({ length: count }, () => String.fromCodePoint(97 + Math.floor(random() * 26))).join('')
  const birth = `19${50 + Math.floor(random() * 50)}0${1 + Math.floor(random() * 9)}1${Math.floor(random() * 9)}`
  const serial = digits(3)
  const check = luhnDigit(`${birth.slice(2)}${serial}`)
  const cardBody = `4${digits(14)}`
  const parts = {
    personnummer: `${birth}-${serial}${check}`,
    email: `${letters(9)}.${letters(11)}@${letters(8)}.example`,
    phone: `070-${1 + Math.floor(random() * 9)}${digits(2)} ${digits(2)} ${digits(2)}`,
    card: `${cardBody}${luhnDigit(cardBody)}`,
    name: `${letters(10)}son`,
    token: `sk_live_${letters(24)}`,
  }
  return { ...parts, traces: [...new Set(Object.values(parts).flatMap(formsOf))] }
}

function formsOf(text: string): readonly string[] {
  const bare = text.replaceAll(/[\s-]/g, '')
  const encoded = [encodeURIComponent(text), Buffer.from(text).toString('base64').replaceAll('=', '')]
  return [text, bare, ...encoded, Buffer.from(text).toString('hex')]
}

/** The check digit after `digits` (ISO/IEC 7812-1, annex B). */
function luhnDigit(digits: string): number {
  const sum = digits
    .split('')
    .toReversed()
    .reduce((total, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1)
      return total + (doubled > 9 ? doubled - 9 : doubled)
    }, 0)
  return (10 - (sum % 10)) % 10
}
