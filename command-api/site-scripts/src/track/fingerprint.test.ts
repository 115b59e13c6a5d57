import { describe, expect, it } from 'vitest'
import { fingerprint, fingerprintOf, keepFingerprint } from './fingerprint'
import { sha256 } from './sha256'

const hexOf = (buffer: ArrayBuffer) =>
  [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

describe('the fingerprint', () => {
  it('is hashed as everywhere else, with and without https', async () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
    for (const text of ['', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'ä€\u{1f30a}'.repeat(100)]) {
      const expected = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
      expect(sha256(text)).toBe(hexOf(expected))
    }
  })

  it.each([
    // printf 'Mozilla/5.0 (X11; Linux x86_64)|de-DE|Linux x86_64|8|16|1920x1080|24|1.5|-60|data:image/png;base64,AA|Acme|Acme GPU|124.04' | sha256sum
    [['data:image/png;base64,AA', 'Acme', 'Acme GPU', '124.04'], 16, '71c6abfa421bb9302bda9cbb239336d94452e206eff64853d287ac17bad7ce06'],
    // printf 'Mozilla/5.0 (X11; Linux x86_64)|de-DE|Linux x86_64|8||1920x1080|24|1.5|-60||||' | sha256sum
    [['', '', '', ''], undefined, '651b19d3731b8d3f86dd9ff13040607683612ee98e133fc61297b9e21a12f7b1'],
  ])('follows from what the browser tells, in the order of the contract: %o', (rest, memory, expected) => {
    const parts = ['Mozilla/5.0 (X11; Linux x86_64)', 'de-DE', 'Linux x86_64', 8, memory, '1920x1080', 24, 1.5, -60]
    expect(fingerprintOf([...parts, ...rest])).toBe(expected)
  })

  it('is the same again, also where the browser hides most of it, and is kept only when told to', async () => {
    localStorage.clear()
    const made = await fingerprint()

    expect(made).toMatch(/^[0-9a-f]{64}$/)
    expect(await fingerprint()).toBe(made)
    expect(localStorage.getItem('_pg_fp')).toBeNull()
    keepFingerprint('kept')
    expect(await fingerprint()).toBe('kept')
  })
})
