import { byAttributes, endpointOf, nonce, type Options, session } from './track/api'
import { load } from './track/recording'

/** The tracker, and forms where the page has any: `PulseGate.init({ siteKey })`. */

declare const __FORM_VERSION__: string

const FORMS = '[data-headwater-form]'

declare global {
  interface Window {
    PulseGate?: typeof gate
    HeadwaterForm?: { scan(): void }
  }
}

let given: Options = {}

/** Shows the forms of the page; those that are added later, when it is called again. */
async function forms() {
  const found = document.querySelectorAll<HTMLElement>(FORMS)
  if (!found.length) return
  const endpoint = endpointOf(given)
  found.forEach(({ dataset }) => {
    dataset.endpoint ??= endpoint
    dataset.siteKey ??= given.siteKey ?? ''
  })
  if (window.HeadwaterForm) window.HeadwaterForm.scan()
  else await load(`${endpoint}/form.js?v=${__FORM_VERSION__}`, nonce)
}

const gate = {
  ...session,
  init(options: Options = {}) {
    given = options
    session.init(options)
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => void forms())
    else void forms()
  },
  forms,
}

if (!window.PulseGate) {
  window.PulseGate = gate
  window.PulseGateSession ??= session
  byAttributes(gate.init)
}
