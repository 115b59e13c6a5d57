import { byAttributes, session } from './track/api'

/** Tells the server what happens in a page: `PulseGateSession.init({ endpoint })`. */

declare global {
  interface Window {
    PulseGateSession?: typeof session
  }
}

if (!window.PulseGateSession) {
  window.PulseGateSession = session
  byAttributes(session.init)
}
