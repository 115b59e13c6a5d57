import { keep, keptJson } from '../storage'
import type { Stretch } from './session'
import { bytesOf } from './wire'

/** Events that the server has not taken yet; a next page of the tab goes on with them. */

const KEPT = '_pg_q'
const MOST_EVENTS = 500
export const MOST_IN_BATCH = 200
export const MOST_BATCH_BYTES = 50_000
/** Without a session these may not be told any more: they would be of another visit. */
const ORPHAN_MILLIS = 30 * 60_000

export interface Tracked {
  event_type: string
  event_id: string
  seq: number
  timestamp: number
  page: string
  x?: number
  y?: number
  element?: string
  scroll_percent?: number
  data?: Record<string, unknown>
}

/** Of one window and one visit. */
export interface Batch {
  of: Stretch
  events: Tracked[]
}

export const textOf = ({ of, events }: Batch) => JSON.stringify({ ...of, sent_at: Date.now(), events })

export class Queue {
  private bundles: Batch[]
  private readonly flying = new Set<Tracked>()

  constructor() {
    const since = Date.now() - ORPHAN_MILLIS
    this.bundles = (keptJson<Batch[]>('sessionStorage', KEPT) ?? []).filter(
      ({ of, events }) => of.session_id || (events[events.length - 1]?.timestamp ?? 0) > since,
    )
  }

  private get events() {
    return this.bundles.flatMap(({ events }) => events)
  }

  get length() {
    return this.events.length
  }

  add(of: Stretch, event: Tracked) {
    let bundle = this.bundles.find((one) => one.of === of)
    if (!bundle) this.bundles.push((bundle = { of, events: [] }))
    bundle.events.push(event)
    const { events } = this
    if (events.length > MOST_EVENTS) {
      // the way of the mouse goes first, then what is oldest; the server sees the gap in the numbers
      const lost = events.find(({ event_type }) => event_type === 'mousemove') ?? events[0]
      this.remove((one) => one === lost)
    }
  }

  private remove(gone: (event: Tracked) => boolean) {
    for (const bundle of this.bundles) bundle.events = bundle.events.filter((event) => !gone(event))
    this.bundles = this.bundles.filter(({ events }) => events.length)
  }

  /** What earlier pages could not tell for want of a session belongs to the one that began. */
  begun(session: Partial<Stretch>) {
    for (const { of } of this.bundles) {
      if (!of.session_id) Object.assign(of, session)
    }
  }

  /**
   * What to send next; nobody else gets it until it is `settled`.
   *
   * @param mostBytes of the body; one event that has more is a batch, too
   */
  next(mostBytes = MOST_BATCH_BYTES): Batch | undefined {
    for (const { of, events } of this.bundles) {
      const waiting = of.session_id ? events.filter((event) => !this.flying.has(event)) : []
      if (!waiting.length) continue
      const chosen: Tracked[] = []
      let size = 300
      for (const event of waiting) {
        size += bytesOf(JSON.stringify(event)).length + 1
        if (chosen.length && (size > mostBytes || chosen.length === MOST_IN_BATCH)) break
        chosen.push(event)
      }
      chosen.forEach((event) => this.flying.add(event))
      return { of, events: chosen }
    }
    return undefined
  }

  /** @param gone taken or refused by the server; otherwise it is sent again as it is */
  settled(batch: Batch, gone: boolean) {
    batch.events.forEach((event) => this.flying.delete(event))
    if (gone) this.remove((event) => batch.events.includes(event))
  }

  keep() {
    keep('sessionStorage', KEPT, this.bundles.length ? JSON.stringify(this.bundles) : undefined)
  }

  forget() {
    this.bundles = []
    this.keep()
  }
}
