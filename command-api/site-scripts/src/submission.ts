import type { Consent } from './consent'
import { origin, visitorId } from './context'
import { randomHex } from './ids'

export type Values = Record<string, string | string[] | Consent[]>

export interface Captured {
  lead_id: string | null
  submission_id: string
  status: string
}

export interface Rejected {
  detail?: string
  errors?: { field: string; message: string }[]
}

export type Outcome = { captured: Captured } | { rejected: Rejected }

const TRIES = 3
const LONGEST_WAIT_MILLIS = 10_000
const TIMEOUT_MILLIS = 20_000

const pause = (millis: number) => new Promise((done) => setTimeout(done, millis))

/** What the server is sent in any case: who, from where, and how long it took. */
export function circumstances(renderedAt: number, honeypot: string): Values {
  const values: Values = {
    ...origin(),
    page_url: location.href,
    __pg_hp: honeypot,
    __pg_tts: ((performance.now() - renderedAt) / 1000).toFixed(1),
  }
  const visitor = visitorId()
  if (visitor) values.__visitor_id = visitor
  return values
}

/**
 * Sends one filled form until it is answered. The same values again are the same submission: they
 * go with the same key and the same body, so that a lost answer makes no second lead.
 */
export class Sender {
  private values = ''
  private body = ''
  private key = ''

  constructor(private readonly endpoint: string) {}

  async send(values: Values, extra: () => Values): Promise<Outcome> {
    const asked = JSON.stringify(values)
    if (asked !== this.values) {
      this.values = asked
      this.body = JSON.stringify({ ...extra(), ...values })
      this.key = randomHex()
    }
    for (let tried = 1; ; tried++) {
      const answer = await this.post().catch(() => undefined)
      if (answer && answer.status < 500 && answer.status !== 429) {
        const told: unknown = await answer.json().catch(() => ({}))
        if (answer.ok) {
          this.values = ''
          return { captured: told as Captured }
        }
        return { rejected: told as Rejected }
      }
      if (tried === TRIES) return { rejected: {} }
      const asks = Number(answer?.headers.get('Retry-After')) * 1000
      await pause(Math.min(asks || 1000 * tried * tried, LONGEST_WAIT_MILLIS))
    }
  }

  private post() {
    const stop = new AbortController()
    const timer = setTimeout(() => stop.abort(), TIMEOUT_MILLIS)
    return fetch(this.endpoint, {
      method: 'POST',
      mode: 'cors',
      credentials: 'omit',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'Idempotency-Key': this.key },
      body: this.body,
      signal: stop.signal,
    }).finally(() => clearTimeout(timer))
  }
}
