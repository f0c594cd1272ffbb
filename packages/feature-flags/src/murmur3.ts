/** The state of the hash after a flag key: what the bytes of a targeting key are added to. */
export type HashPrefix = Readonly<{ hash: number; pending: number; pendingBits: number; length: number }>

/** Takes the bytes of the constant part, printable ASCII, once. Seed 0. */
export function hashPrefix(text: string): HashPrefix {
  let [hash, pending, pendingBits] = [0, 0, 0]
  for (let index = 0; index < text.length; index++) {
    pending |= text.charCodeAt(index) << pendingBits
    pendingBits += 8
    if (pendingBits < 32) continue
    hash = mix(hash, pending)
    pending = pendingBits = 0
  }
  return Object.freeze({ hash, pending, pendingBits, length: text.length })
}

/**
 * MurmurHash3 (x86, 32 bits, seed 0) of the prefix and the key in UTF-8, as an unsigned integer. Equal to hashing the
 * joined string, without joining, encoding or allocating: joining alone costs five times the hash.
 * Algorithm: Austin Appleby, MurmurHash3_x86_32 (public domain).
 */
export function murmur3(prefix: HashPrefix, key: string): number {
  const shift = prefix.pendingBits
  let hash = prefix.hash
  let pending = prefix.pending
  let index = 0
  for (; index + 4 <= key.length; index += 4) {
    const first = key.charCodeAt(index)
    const second = key.charCodeAt(index + 1)
    const third = key.charCodeAt(index + 2)
    const fourth = key.charCodeAt(index + 3)
    if ((first | second | third | fourth) > 0x7f) break
    const word = first | (second << 8) | (third << 16) | (fourth << 24)
    hash = mix(hash, pending | (word << shift))
    // In two steps, because `>>> 32` does nothing where it should give 0.
    pending = (word >>> 1) >>> (31 - shift)
  }
  if (index === key.length) return finish(hash, pending, shift, prefix.length + index)
  return hashRest({ hash, pending, pendingBits: shift, length: prefix.length + index }, key, index)
}

/** What the fast path left: up to three ASCII letters, or everything from near the first other letter on. */
function hashRest(state: HashPrefix, key: string, start: number): number {
  let { hash, pending, pendingBits, length } = state
  for (let index = start; index < key.length; index++) {
    const point = scalarAt(key, index)
    if (point > 0xffff) index++
    const bytes = utf8(point)
    const bits = utf8Bits(point)
    const room = 32 - pendingBits
    pending |= bytes << pendingBits
    length += bits >> 3
    if (bits < room) {
      pendingBits += bits
    } else {
      hash = mix(hash, pending)
      pending = (bytes >>> 1) >>> (room - 1)
      pendingBits = bits - room
    }
  }
  return finish(hash, pending, pendingBits, length)
}

/** The code point at an index; U+FFFD for half a surrogate pair, as `TextEncoder` has it. */
function scalarAt(text: string, index: number): number {
  const point = text.codePointAt(index) ?? 0
  return point >= 0xd800 && point <= 0xdfff ? 0xfffd : point
}

/** The bytes of a code point, the first one lowest. */
function utf8(point: number): number {
  if (point < 0x80) return point
  const last = 0x80 | (point & 0x3f)
  if (point < 0x800) return 0xc0 | (point >> 6) | (last << 8)
  const middle = 0x80 | ((point >> 6) & 0x3f)
  if (point < 0x10000) return 0xe0 | (point >> 12) | (middle << 8) | (last << 16)
  return 0xf0 | (point >> 18) | ((0x80 | ((point >> 12) & 0x3f)) << 8) | (middle << 16) | (last << 24)
}

function utf8Bits(point: number): number {
  if (point < 0x80) return 8
  if (point < 0x800) return 16
  return point < 0x10000 ? 24 : 32
}

function scramble(block: number): number {
  const product = Math.imul(block, 0xcc9e2d51)
  return Math.imul((product << 15) | (product >>> 17), 0x1b873593)
}

function mix(hash: number, block: number): number {
  const mixed = hash ^ scramble(block)
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0
}

function finish(hash: number, pending: number, pendingBits: number, length: number): number {
  let mixed = (pendingBits === 0 ? hash : hash ^ scramble(pending)) ^ length
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
