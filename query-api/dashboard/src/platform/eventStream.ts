import { problemOf, type Problem } from './api'
import { SseParser, type ServerEvent } from './sse'

export type StreamState = 'connecting' | 'live' | 'reconnecting' | 'stopped'

export interface StreamOptions {
  url: string
  key: string
  /** Resume after this event; empty: from now on. */
  lastEventId?: string
  onEvent: (event: ServerEvent) => void
  onState: (state: StreamState) => void
  /** The server refused for good (401, 403): the stream stays stopped. */
  onRefused: (problem: Problem) => void
  /** First pause before trying again; it doubles up to `maxPauseMillis`. */
  pauseMillis?: number
  maxPauseMillis?: number
  /** Silence after which a connection counts as dead; the server sends a comment every 15 s. */
  silenceMillis?: number
}

/**
 * Reads an event stream through fetch, so that the key travels in a header and never in a URL.
 * Reconnects with a growing pause and resumes after the last id it saw. Returns what stops it.
 */
export function openEventStream(options: StreamOptions): () => void {
  const { pauseMillis = 1_000, maxPauseMillis = 30_000, silenceMillis = 45_000 } = options
  const stopped = new AbortController()
  const seen = { id: options.lastEventId ?? '', retryMillis: null as number | null, failures: 0 }

  async function run(): Promise<void> {
    options.onState('connecting')
    while (!stopped.signal.aborted) {
      const refusal = await readOnce()
      if (stopped.signal.aborted) return
      if (refusal) {
        options.onState('stopped')
        options.onRefused(refusal)
        return
      }
      options.onState('reconnecting')
      const pause = Math.min(maxPauseMillis, (seen.retryMillis ?? pauseMillis) * 2 ** Math.min(seen.failures, 10))
      seen.failures++
      await sleep(pause * (0.75 + Math.random() / 2), stopped.signal)
    }
  }

  /** One connection until it ends; the refusal when another try is useless. */
  async function readOnce(): Promise<Problem | null> {
    const connection = new AbortController()
    const stop = () => connection.abort()
    stopped.signal.addEventListener('abort', stop, { once: true })
    let watchdog = setTimeout(stop, silenceMillis)
    try {
      const response = await fetch(options.url, {
        headers: headersOf(),
        cache: 'no-store',
        signal: connection.signal,
      })
      if (response.status === 401 || response.status === 403) return await problemOf(response)
      // Most likely an id that this release of the server cannot read: begin anew rather than ask again and again.
      if (response.status === 400) seen.id = ''
      if (!response.ok || !response.body) return null
      options.onState('live')
      const parser = new SseParser(seen.id)
      const reader = response.body.getReader()
      const decoder = new TextDecoder()
      for (let read = await reader.read(); !read.done; read = await reader.read()) {
        clearTimeout(watchdog)
        watchdog = setTimeout(stop, silenceMillis)
        const events = parser.push(decoder.decode(read.value, { stream: true }))
        seen.failures = 0
        seen.retryMillis = parser.retryMillis ?? seen.retryMillis
        for (const event of events) {
          options.onEvent(event)
          seen.id = event.id
        }
      }
      return null
    } catch {
      return null
    } finally {
      clearTimeout(watchdog)
      stopped.signal.removeEventListener('abort', stop)
      connection.abort()
    }
  }

  function headersOf(): Record<string, string> {
    const headers: Record<string, string> = {
      Accept: 'text/event-stream',
      Authorization: `Bearer ${options.key}`,
    }
    if (seen.id) headers['Last-Event-ID'] = seen.id
    return headers
  }

  void run()
  return () => {
    stopped.abort()
    options.onState('stopped')
  }
}

function sleep(millis: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(done, millis)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
