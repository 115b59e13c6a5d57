import { consent, doNotTrack, forgetVisitor, keepConsent, withoutSecrets } from './privacy'
import { record } from './recording'
import type { Stretch } from './session'
import { Tracker } from './tracker'

export interface Options {
  /** Origin of command-api; without it, that of the script. */
  endpoint?: string
  siteKey?: string
  /** Nothing is kept or sent until `consent(true)`. */
  requireConsent?: boolean
  /** Do Not Track and Global Privacy Control; heeded unless this is false. */
  respectDoNotTrack?: boolean
  /** False: no recording, whatever the site says. */
  recordSession?: boolean
}

const LONGEST_TYPE = 64

const script = document.currentScript as HTMLScriptElement | null
export const nonce = script?.nonce
export const endpointOf = (options: Options) =>
  (options.endpoint ?? new URL(script?.src || location.href).origin).replace(/\/+$/, '')

let options: Options | undefined
let tracker: Tracker | undefined

function allowed(of: Options): boolean {
  if (of.respectDoNotTrack !== false && doNotTrack()) return false
  return of.requireConsent ? consent() === true : consent() !== false
}

function begin() {
  if (!options || tracker || !allowed(options)) return
  const endpoint = endpointOf(options)
  tracker = new Tracker(endpoint, options.siteKey)
  tracker.start()
  if (options.recordSession !== false) void record(tracker, endpoint, options.siteKey, nonce)
}

export const session = {
  /** A second time changes nothing: a script that is embedded twice tracks once. */
  init(given: Options = {}) {
    if (options) return
    options = given
    // a page that is made before anybody asked for it is not a visit yet
    if ((document as { prerendering?: boolean }).prerendering) {
      document.addEventListener('prerenderingchange', begin, { once: true })
    } else begin()
  },

  trackEvent(type: string, data?: unknown) {
    tracker?.record(String(type).slice(0, LONGEST_TYPE), { data: withoutSecrets(data) })
  },

  /** @returns when what can be sent was */
  flush: () => tracker?.flush() ?? Promise.resolve(),

  /** What the visitor says, for all pages of the site; who refuses is forgotten by this browser. */
  consent(granted: boolean) {
    keepConsent(granted)
    if (granted) {
      begin()
      return
    }
    tracker?.stop()
    tracker = undefined
    forgetVisitor()
  },

  /** Ids of the visit, as far as they are known. */
  ids: (): Partial<Stretch> => tracker?.ids() ?? {},
}

/** `<script src=… data-site-key=…>` needs no call. */
export function byAttributes(init: (options: Options) => void) {
  const { siteKey, endpoint, requireConsent } = script?.dataset ?? {}
  if (siteKey) init({ siteKey, endpoint, requireConsent: requireConsent !== undefined })
}
