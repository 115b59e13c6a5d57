/**
 * SHA-256 as hex. `crypto.subtle` exists on https pages only, and what identifies a browser must not
 * depend on that.
 *
 * source: FIPS 180-4, whose constants are the fractional parts of roots of the first primes
 */

const fraction = (root: number) => (root % 1) * 2 ** 32 | 0

const START: number[] = []
const ROUNDS: number[] = []
for (let prime = 2; ROUNDS.length < 64; prime++) {
  let factor = 2
  while (factor * factor <= prime && prime % factor) factor++
  if (factor * factor <= prime) continue
  if (START.length < 8) START.push(fraction(Math.sqrt(prime)))
  ROUNDS.push(fraction(Math.cbrt(prime)))
}

const turn = (word: number, by: number) => (word >>> by) | (word << (32 - by))

export function sha256(text: string): string {
  const bytes = new TextEncoder().encode(text)
  const words = new Int32Array(((bytes.length + 72) >> 6) << 4)
  bytes.forEach((byte, at) => (words[at >> 2]! |= byte << (24 - 8 * (at & 3))))
  words[bytes.length >> 2]! |= 128 << (24 - 8 * (bytes.length & 3))
  words[words.length - 1] = bytes.length * 8
  const hash = START.slice()
  const w = new Int32Array(64)
  for (let block = 0; block < words.length; block += 16) {
    let [a, b, c, d, e, f, g, h] = hash as [number, number, number, number, number, number, number, number]
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = words[block + i]!
      else {
        const x = w[i - 15]!
        const y = w[i - 2]!
        w[i] =
          w[i - 16]! + w[i - 7]! +
          (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))
      }
      const one = h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i]! + w[i]!
      const two = (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0]
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, at) => (hash[at] = (hash[at]! + word) | 0))
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('')
}
