import { keep, kept, keptJson } from './storage'

/** Where the visitor came from and who they are, as far as the browser knows. */

const KEPT = '_hw_origin'
const VISITOR = '_pg_vid'
const CAMPAIGN = /^(utm[_-]\w+|gclid|fbclid)$/i

/** What the URL says of a campaign. */
export function campaign(): Record<string, string> {
  const found: Record<string, string> = {}
  new URLSearchParams(location.search).forEach((value, name) => {
    if (value && CAMPAIGN.test(name)) found[name.toLowerCase().replace('-', '_')] = value
  })
  return found
}

/** The page of another host that led here. */
export function referrer(): string | undefined {
  const from = document.referrer
  return from && new URL(from).host !== location.host ? from : undefined
}

/**
 * Campaign and first referrer of the visit: those of the newest URL that names a campaign, kept
 * while the visitor goes from page to page.
 */
export function origin(): Record<string, string> {
  const found = campaign()
  const before = keptJson<Record<string, string>>('sessionStorage', KEPT)
  if (before && !Object.keys(found).length) return before
  const from = referrer()
  if (from) found.referrer = from
  keep('sessionStorage', KEPT, JSON.stringify(found))
  return found
}

/** The id that the tracker gave; without a tracker there is none. */
export const visitorId = () => kept('localStorage', VISITOR)
export const keepVisitorId = (id: string) => keep('localStorage', VISITOR, id)
