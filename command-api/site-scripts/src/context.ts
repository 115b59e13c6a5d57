/** Where the visitor came from and who they are, as far as the browser knows. */

const KEPT = '_hw_origin'
const VISITOR = '_pg_vid'
const CAMPAIGN = /^(utm[_-]\w+|gclid|fbclid)$/i

/** Storage may be forbidden; then everything lasts as long as the page. */
function stored(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key)
  } catch {
    return null
  }
}

/** Of this page's earlier visit; whatever else is there counts as nothing. */
function kept(): Record<string, string> | undefined {
  try {
    return JSON.parse(stored(() => sessionStorage, KEPT) ?? '') as Record<string, string>
  } catch {
    return undefined
  }
}

/**
 * Campaign and first referrer of the visit: those of the newest URL that names a campaign, kept
 * while the visitor goes from page to page.
 */
export function origin(): Record<string, string> {
  const found: Record<string, string> = {}
  new URLSearchParams(location.search).forEach((value, name) => {
    if (value && CAMPAIGN.test(name)) found[name.toLowerCase().replace('-', '_')] = value
  })
  const before = kept()
  if (before && !Object.keys(found).length) return before
  if (document.referrer && new URL(document.referrer).host !== location.host) {
    found.referrer = document.referrer
  }
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(found))
  } catch {
    // see above
  }
  return found
}

/** The id that the tracker gave; without a tracker there is none. */
export const visitorId = () => stored(() => localStorage, VISITOR)
