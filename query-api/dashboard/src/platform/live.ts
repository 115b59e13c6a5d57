import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { useAuth } from './auth'
import { openEventStream, type StreamState } from './eventStream'
import type { ServerEvent } from './sse'

export interface Counters {
  total_leads: number
  leads_today: number
  total_submissions: number
  total_sessions: number
  total_events: number
  active_sessions_5m: number
  as_of: string
}

type Listener = (data: unknown) => void

/**
 * The one event stream of the page. `counters` holds the newest totals while the stream is live; features listen to other
 * events by name. `opened` counts connections: a change means that something may have been missed.
 */
export const useLive = defineStore('live', () => {
  const auth = useAuth()
  const state = ref<StreamState>('stopped')
  const counters = shallowRef<Counters | null>(null)
  const opened = ref(0)
  const listeners = new Map<string, Set<Listener>>()
  let close: (() => void) | null = null
  let lastEventId = ''

  function start(): void {
    if (close || !auth.key) return
    close = openEventStream({
      url: '/analytics/stream',
      key: auth.key,
      lastEventId,
      onState: (next) => {
        state.value = next
        if (next === 'live') opened.value++
        else counters.value = null // Nobody keeps them current.
      },
      onEvent: dispatch,
      onRefused: (problem) => {
        close = null
        if (problem.status === 401) auth.expire()
      },
    })
  }

  /** Gives the connection back; `start` goes on where the stream was left. */
  function pause(): void {
    close?.()
    close = null
  }

  /** Ends the stream and forgets what it said: the next one may be someone else's. */
  function stop(): void {
    pause()
    lastEventId = ''
    counters.value = null
  }

  function dispatch(event: ServerEvent): void {
    lastEventId = event.id
    const data = parse(event.data)
    if (data === null) return
    if (event.event === 'counters') counters.value = data as Counters
    for (const listener of listeners.get(event.event) ?? []) listener(data)
  }

  /** Calls `listener` with the data of every event of that name; returns what ends it. */
  function on(event: string, listener: Listener): () => void {
    const set = listeners.get(event) ?? new Set<Listener>()
    listeners.set(event, set.add(listener))
    return () => set.delete(listener)
  }

  return { state, counters, opened, start, pause, stop, on }
})

function parse(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    return null
  }
}
