import type { Stretch } from './session'
import type { Tracker } from './tracker'
import type { Wire } from './wire'

/** The recorder is a script of its own, loaded only by pages that are recorded. */

/** What the recorder is told of the page. */
export interface Host {
  wire: Wire
  /** Whose the next chunk is, and its number. */
  chunk(): { of: Stretch; seq: number }
}

export interface Recording {
  /** What was recorded up to now belongs to the visit up to now. */
  cut(): void
  /** Another visit begins with the whole page. */
  snapshot(): void
  /** The page may go now. */
  leave(): void
  stop(): void
}

declare global {
  interface Window {
    PulseGateRecorder?: (host: Host) => Recording
  }
}

declare const __RECORDER_VERSION__: string

/** Without a site everything is recorded; with one, what the site's configuration says. */
export async function record(tracker: Tracker, endpoint: string, siteKey?: string, nonce?: string) {
  if (siteKey && !(await configured(endpoint, siteKey))) return
  if (tracker.stopped) return
  if (!window.PulseGateRecorder) await load(`${endpoint}/recorder.js?v=${__RECORDER_VERSION__}`, nonce)
  if (!tracker.stopped) tracker.recording = window.PulseGateRecorder?.(tracker)
}

async function configured(endpoint: string, siteKey: string): Promise<boolean> {
  try {
    const answer = await fetch(`${endpoint}/track/config?siteKey=${encodeURIComponent(siteKey)}`, { credentials: 'omit' })
    return answer.ok && ((await answer.json()) as { recordSession?: boolean }).recordSession === true
  } catch {
    return false
  }
}

/** @param nonce of the page's content security policy */
export const load = (url: string, nonce?: string) =>
  new Promise<void>((done) => {
    const script = document.createElement('script')
    script.src = url
    if (nonce) script.nonce = nonce
    script.onload = script.onerror = () => done()
    document.head.append(script)
  })
