import { vi } from 'vitest'

/** What a page sends, and what it is answered; for tests. */

export interface Call {
  path: string
  body: Record<string, unknown> & { events?: Record<string, unknown>[] }
  beacon: boolean
  keepalive: boolean
}

type Answers = (path: string) => Response | Error | Promise<Response>

export const ENDPOINT = 'https://in.test'
export const SESSION = { session_id: 's-1', visitor_id: 'v-1', device_id: 'd-1', session_started_at: 1000, timestamp: 1000 }

export const answer = (status: number, body: object = {}, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

/** Without a browser's compression, whose streams know no fake clock. */
export function fakeServer(answers: Answers = standard) {
  const calls: Call[] = []
  const state = { answers, beacons: true }
  vi.stubGlobal('CompressionStream', undefined)
  vi.stubGlobal('fetch', async (url: string, request: RequestInit = {}) => {
    const path = url.slice(ENDPOINT.length)
    const text = request.body ? new TextDecoder().decode(request.body as Uint8Array) : '{}'
    calls.push({ path, body: JSON.parse(text) as Call['body'], beacon: false, keepalive: request.keepalive === true })
    const given = await state.answers(path)
    if (given instanceof Error) throw given
    return given
  })
  Object.defineProperty(navigator, 'sendBeacon', {
    configurable: true,
    value: (url: string, text: string) => {
      if (!state.beacons) return false
      const path = url.slice(ENDPOINT.length)
      calls.push({ path, body: JSON.parse(text) as Call['body'], beacon: true, keepalive: true })
      return true
    },
  })
  return {
    calls,
    state,
    /** All events that were sent, in the order of their sending. */
    events: () => calls.flatMap(({ body, path }) => (path === '/track/events/batch' ? (body.events ?? []) : [])),
    of: (path: string) => calls.filter((call) => call.path === path),
  }
}

export const standard: Answers = (path) => answer(200, path === '/track/session/start' ? SESSION : { accepted: 1 })

export function visibility(state: 'visible' | 'hidden') {
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state })
  document.dispatchEvent(new Event('visibilitychange'))
}

export function clean() {
  localStorage.clear()
  sessionStorage.clear()
  document.body.innerHTML = ''
  Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'visible' })
}
