import { campaign, keepVisitorId, referrer, visitorId } from '../context'
import { uuid } from '../ids'
import { keep, keptJson } from '../storage'
import { device, display, fingerprint, keepFingerprint } from './fingerprint'
import { cleanUrl } from './privacy'
import type { Answer } from './wire'

/** The visit: of all tabs together, until half an hour passed without anything being done. */

const SESSION = '_pg_ses'
const WINDOW = '_pg_win'
const IDLE_MILLIS = 30 * 60_000
const LONGEST_MILLIS = 24 * 3600_000
/** Other tabs hear of what was done here within this. */
const TOLD_MILLIS = 5000

/** Whose the events and the recording are; the first two are unknown until the server answers. */
export interface Stretch {
  session_id?: string
  visitor_id?: string
  session_started_at?: number
  /** A tab, until the visit is over. */
  window_id: string
}

interface Begun {
  session_id: string
  visitor_id: string
  session_started_at: number
  /** By the clock of this browser, which may be wrong by days: when it began, and something was last done. */
  since: number
  seen: number
}

export const idsOf = ({ session_id, visitor_id, session_started_at }: Begun) => ({
  session_id,
  visitor_id,
  session_started_at,
})

const lapsed = ({ seen, since }: Begun) => Date.now() - seen > IDLE_MILLIS || Date.now() - since > LONGEST_MILLIS

export class Session {
  private begun?: Begun
  private told = 0
  private first = true

  constructor(private readonly siteKey?: string) {}

  /** Whether too long nothing was done, in no tab: what is done next belongs to another visit. */
  lapsed(): boolean {
    if (!this.begun || !lapsed(this.begun)) return false
    const kept = keptJson<Begun>('localStorage', SESSION)
    if (kept?.session_id !== this.begun.session_id || lapsed(kept)) return true
    this.begun = kept
    return false
  }

  /** What is done next belongs to another visit. */
  end() {
    this.begun = undefined
  }

  touch() {
    if (!this.begun) return
    this.begun.seen = Date.now()
    if (Date.now() - this.told > TOLD_MILLIS) this.tell()
  }

  private tell() {
    this.told = Date.now()
    keep('localStorage', SESSION, JSON.stringify(this.begun))
  }

  /** Goes on with the visit that another page or tab began. */
  join(): Begun | undefined {
    const kept = keptJson<Begun>('localStorage', SESSION)
    return kept && !lapsed(kept) ? (this.begun = kept) : undefined
  }

  /**
   * @param post tells the server, until it answers
   * @returns nothing when the server refuses
   */
  async begin(post: (body: string) => Promise<Answer>): Promise<Begun | undefined> {
    const work = async () => {
      const joined = this.join()
      if (joined) return joined
      const opening = await this.opening()
      const { status, body } = await post(JSON.stringify(opening))
      if (status !== 200) return undefined
      const now = Date.now()
      this.begun = { ...idsOf(body as unknown as Begun), since: now, seen: now }
      keepFingerprint(opening.fingerprint_id)
      keepVisitorId(this.begun.visitor_id)
      this.tell()
      return this.begun
    }
    // tabs that open together begin one visit, not one each
    return navigator.locks ? navigator.locks.request(SESSION, work) : work()
  }

  private async opening() {
    const from = this.first ? referrer() : undefined
    this.first = false
    return {
      fingerprint_id: await fingerprint(),
      visitor_id: visitorId() ?? undefined,
      site_key: this.siteKey,
      page: cleanUrl(location.href),
      referrer: from && cleanUrl(from),
      ...campaign(),
      device_info: device(),
      screen: display(),
    }
  }
}

/** A tab, with the numbers of its next event and of the next chunk of its recording. */
export interface Numbered {
  id: string
  seq: number
  chunk: number
}

/**
 * While a page has it, it is not in the storage, where a copy of the tab would find it, too.
 *
 * @param session another visit has another window, too
 */
export function takeWindow(session?: string): Numbered {
  const left = keptJson<Numbered & { session?: string }>('sessionStorage', WINDOW)
  keep('sessionStorage', WINDOW)
  return left && left.session === session ? left : { id: uuid(), seq: 0, chunk: 0 }
}

export const leaveWindow = (numbered: Numbered, session?: string) =>
  keep('sessionStorage', WINDOW, JSON.stringify({ ...numbered, session }))
