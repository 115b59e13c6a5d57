import { keep, kept } from '../storage'

/** What must not leave the page, and whether anything may. */

export const MASK = '********'

const CONSENT = '_pg_consent'
const SECRET = /pass|pwd|secret|token|auth|credential|session|signature|otp|cvv|cvc|card|iban|ssn|api[-_]?key|^key$|^code$|^pin$|^sig$/i

/** Nothing of the kind is asked of other parts: what is named like a secret is one. */
export const isSecret = (name: string) => SECRET.test(name)

/** The URL with the values of secret parameters masked, in its query and its fragment. */
export const cleanUrl = (url: string) =>
  url.replace(/([?&#;])([^=&#?;]+)=([^&#;]*)/g, (whole, before: string, name: string) =>
    isSecret(name) ? `${before}${name}=${MASK}` : whole,
  )

/** What a page says of an event, without what is named like a secret; nothing when it is no JSON. */
export function withoutSecrets(data: unknown): Record<string, unknown> | undefined {
  try {
    const clean: unknown = JSON.parse(
      JSON.stringify(data, (name, value: unknown) => (name && isSecret(name) ? MASK : value)),
    )
    return clean instanceof Object ? (clean as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Do Not Track, or Global Privacy Control. */
export function doNotTrack(): boolean {
  const { doNotTrack, globalPrivacyControl } = navigator as { doNotTrack?: string | null; globalPrivacyControl?: boolean }
  return doNotTrack === '1' || globalPrivacyControl === true
}

/** What the visitor said on an earlier page; nothing: they were not asked. */
export function consent(): boolean | undefined {
  const said = kept('localStorage', CONSENT)
  return said === null ? undefined : said === '1'
}

export const keepConsent = (granted: boolean) => keep('localStorage', CONSENT, granted ? '1' : '0')

/** All that this script keeps in a browser, but what the visitor said about it. */
export function forgetVisitor() {
  for (const key of ['_pg_fp', '_pg_vid', '_pg_ses']) keep('localStorage', key)
  for (const key of ['_pg_win', '_pg_q', '_pg_rec']) keep('sessionStorage', key)
}
