import { uuid } from '../ids'
import { Engagement } from './engagement'
import { observe, type Details } from './observe'
import { cleanUrl } from './privacy'
import { type Batch, MOST_BATCH_BYTES, MOST_IN_BATCH, Queue, textOf } from './queue'
import type { Recording } from './recording'
import { idsOf, leaveWindow, type Numbered, Session, type Stretch, takeWindow } from './session'
import { type Answer, Pause, Wire } from './wire'

const BATCH = '/track/events/batch'
const FLUSH_MILLIS = 20_000
const LEAST_BEACON_BYTES = 1000
const NONE: Answer = { status: 0, body: {}, retryAfterMillis: 0 }

/** Who tracks at present; the listeners serve them, and stay for the life of the page. */
let current: Tracker | undefined
let listening = false

function listen() {
  if (listening) return
  listening = true
  observe(
    (type, details) => current?.record(type, details),
    () => current?.present(),
  )
  document.addEventListener('visibilitychange', () => current?.seen())
  addEventListener('pagehide', () => current?.gone())
  addEventListener('pageshow', (event) => event.persisted && current?.back())
}

const visible = () => document.visibilityState === 'visible'

/** Tracks a page from its start until consent is withdrawn. */
export class Tracker {
  readonly wire: Wire
  stopped = false
  recording?: Recording
  private readonly session: Session
  private readonly pause = new Pause()
  private readonly engagement = new Engagement((interval) => this.add('engagement', { data: { ...interval } }))
  private queue = new Queue()
  private window!: Numbered
  private of!: Stretch
  private draining = Promise.resolve()
  private timer?: ReturnType<typeof setInterval>

  constructor(endpoint: string, siteKey?: string) {
    this.wire = new Wire(endpoint)
    this.session = new Session(siteKey)
    this.join()
  }

  start() {
    listen()
    current = this
    this.timer = setInterval(() => visible() && void this.flush(), FLUSH_MILLIS)
    this.view(navigationType())
  }

  private view(navigation: string) {
    this.add('page_view', { data: { navigation } })
    if (visible()) this.engagement.touched()
  }

  /** The visit goes on that another page began, or begins. */
  private join() {
    const begun = this.session.join()
    this.window = takeWindow(begun?.session_id)
    this.of = { window_id: this.window.id }
    if (begun) this.belongs(this.of, idsOf(begun))
    else void this.begin(this.of)
  }

  /** Until the server has said whose they are, events wait. */
  private async begin(of: Stretch) {
    const begun = await this.session.begin((body) => this.insist('/track/session/start', body))
    if (this.stopped) return
    if (begun) this.belongs(of, idsOf(begun))
    else this.stop()
  }

  private belongs(of: Stretch, ids: Partial<Stretch>) {
    Object.assign(of, ids)
    this.queue.begun(ids)
    void this.drain()
  }

  private async insist(path: string, body: string): Promise<Answer> {
    for (;;) {
      const answer = await this.wire.post(path, body)
      if (this.stopped) return NONE
      if (this.pause.after(answer)) return answer
      await new Promise((done) => setTimeout(done, this.pause.millis))
    }
  }

  /** Something was done, by the visitor or the page. */
  record(type: string, details?: Details) {
    this.alive()
    this.add(type, details)
  }

  /** A person is there. */
  present() {
    this.alive()
    this.engagement.touched()
  }

  private alive() {
    if (this.session.lapsed()) this.renew()
    this.session.touch()
  }

  private add(type: string, details?: Details) {
    this.queue.add(this.of, {
      event_type: type,
      event_id: uuid(),
      seq: this.window.seq++,
      timestamp: Date.now(),
      page: cleanUrl(location.href),
      ...details,
    })
    if (this.queue.length >= MOST_IN_BATCH && this.of.session_id && this.pause.over) void this.drain()
  }

  /** Another visit begins in this page: with numbers, a page view and a snapshot of its own. */
  private renew() {
    this.recording?.cut()
    this.session.end()
    this.join()
    this.view('resume')
    this.recording?.snapshot()
  }

  flush(): Promise<void> {
    this.engagement.cut()
    return this.drain()
  }

  /** One call at a time, so that events arrive in their order. */
  private drain(): Promise<void> {
    return (this.draining = this.draining.then(() => this.sendAll()))
  }

  private async sendAll() {
    let batch: Batch | undefined
    while (!this.stopped && this.pause.over && (batch = this.queue.next())) {
      const settled = this.pause.after(await this.wire.post(BATCH, textOf(batch)))
      if (this.stopped) return
      this.queue.settled(batch, settled)
      if (!settled) setTimeout(() => void this.drain(), this.pause.millis)
    }
    this.queue.keep()
  }

  seen() {
    const data = { state: document.visibilityState }
    if (visible()) {
      this.record('visibility_change', { data })
      this.present()
      return
    }
    this.engagement.left()
    // nobody comes by closing a forgotten tab
    if (!this.session.lapsed()) this.add('visibility_change', { data })
    this.leave()
  }

  /** The page may never be heard of again: what cannot go now waits for the next page of the tab. */
  private leave() {
    let most = MOST_BATCH_BYTES
    let batch: Batch | undefined
    while ((most = Math.min(most, this.wire.room)) >= LEAST_BEACON_BYTES && (batch = this.queue.next(most))) {
      const taken = this.wire.beacon(BATCH, textOf(batch))
      this.queue.settled(batch, taken)
      if (!taken) most /= 2
    }
    this.queue.keep()
    this.recording?.leave()
  }

  gone() {
    this.engagement.left()
    this.leave()
    leaveWindow(this.window, this.of.session_id)
  }

  /** Out of the browser's memory, after other pages of the tab, which sent what was left. */
  back() {
    this.recording?.cut()
    this.queue = new Queue()
    this.join()
    this.view('back_forward')
    this.recording?.snapshot()
  }

  stop() {
    this.stopped = true
    current = undefined
    clearInterval(this.timer)
    this.queue.forget()
    this.recording?.stop()
  }

  /** Of the recording: whose it is, and the number of its next chunk. */
  chunk(): { of: Stretch; seq: number } {
    return { of: this.of, seq: this.window.chunk++ }
  }

  ids(): Partial<Stretch> {
    return { ...this.of }
  }
}

/** navigate, reload, back_forward or prerender; whoever counts page views may want to know. */
const navigationType = () =>
  (performance.getEntriesByType?.('navigation')[0] as PerformanceNavigationTiming | undefined)?.type ?? 'navigate'
