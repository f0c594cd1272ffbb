import type { SeededRandom } from './SeededRandom.ts'

/** First octets that are neither private, loopback, link-local nor multicast. */
const FIRST_OCTETS = [31, 46, 62, 78, 81, 83, 90, 94, 109, 130, 155, 178, 185, 193, 194, 212, 213, 217]

export function ipv4(random: SeededRandom): string {
  return [random.pick(FIRST_OCTETS), random.int(0, 255), random.int(0, 255), random.int(1, 254)].join('.')
}

/** In full, without leading zeros, with the longest run of zeros left out, in capitals, with an IPv4 tail (RFC 4291 2.2). */
export function ipv6(random: SeededRandom): string {
  const group = () => random.int(0x1000, 0xffff).toString(16)
  const short = () => random.int(1, 0xfff).toString(16)
  const groups = (count: number, of = group) => Array.from({ length: count }, of)
  const prefix = random.pick(['2001', '2a00', '2a02', '2a01', '2003'])
  return random.pick([
    () => [prefix, ...groups(7)].join(':'),
    () => [prefix, ...groups(7)].join(':').toUpperCase(),
    () => [prefix, ...groups(3, short), '0', '0', ...groups(2)].join(':'),
    () => `${[prefix, ...groups(random.int(1, 3))].join(':')}::${groups(random.int(1, 2), short).join(':')}`,
    () => `${[prefix, ...groups(2)].join(':')}::${random.int(1, 9)}`,
    () => `fe80::${groups(4).join(':')}`,
    () => `::ffff:${ipv4(random)}`,
  ])()
}
