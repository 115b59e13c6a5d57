import { keep, keptJson } from '../storage'
import type { Host } from '../track/recording'
import type { Stretch } from '../track/session'
import { type Answer, bytesOf, Pause } from '../track/wire'

/**
 * What was recorded, on its way to the server: in order, one at a time, each chunk under its number
 * until it is there.
 */

const PATH = '/track/recording'
const KEPT = '_pg_rec'
/** Waiting chunks beyond this stop the recording: the server is away, and the page needs its memory. */
const MOST_WAITING_BYTES = 8_000_000
/** Of what a next page finds; storage holds about 5 MB of everything. */
const MOST_KEPT_CHARACTERS = 1_000_000
/** A session that has not begun is looked for again after this. */
const SESSION_MILLIS = 1000
/** A page that was only hidden goes on sending after this. */
const STAYED_MILLIS = 1000

export interface Chunk {
  of: Stretch
  seq: number
  /** Each as JSON. */
  events: string[]
}

export class Chunks {
  private waiting: Chunk[]
  private waitingBytes = 0
  private readonly pause = new Pause()
  private sending?: Chunk
  private again?: ReturnType<typeof setTimeout>
  private stored = false

  /**
   * @param end the server takes no more of it
   * @param snapshot the server misses one
   */
  constructor(
    private readonly host: Host,
    private readonly end: () => void,
    private readonly snapshot: () => void,
  ) {
    this.waiting = (keptJson<Chunk[]>('sessionStorage', KEPT) ?? []).filter(({ of }) => of.session_id)
    keep('sessionStorage', KEPT)
  }

  /** @param leaving `leave` follows, and a fetch that begins now would only be cut off */
  add(events: string[], bytes: number, leaving = false) {
    this.waiting.push({ ...this.host.chunk(), events })
    this.waitingBytes += bytes
    if (this.waitingBytes > MOST_WAITING_BYTES) this.end()
    else if (!leaving) void this.send()
  }

  private async send(): Promise<void> {
    const chunk = this.waiting[0]
    if (this.sending || !chunk) return
    if (!chunk.of.session_id) return this.later(SESSION_MILLIS)
    if (!this.pause.over) return this.later(this.pause.millis)
    const text = textOf(chunk)
    this.sending = chunk
    const answer = await this.host.wire.post(PATH, text)
    this.sending = undefined
    if (this.pause.after(answer)) this.settled(chunk, text.length, answer)
    return this.send()
  }

  private later(millis: number) {
    clearTimeout(this.again)
    this.again = setTimeout(() => void this.send(), millis)
  }

  private settled(chunk: Chunk, bytes: number, { status, body }: Answer) {
    this.waiting = this.waiting.filter((one) => one !== chunk)
    this.waitingBytes = Math.max(0, this.waitingBytes - bytes)
    if (this.stored) this.store()
    if (status >= 400) {
      this.drop()
      this.end()
    } else if (body.snapshot_wanted === true) this.snapshot()
  }

  /** What the browser takes along goes now; the rest, and what may be cut off, the next page sends. */
  leave() {
    clearTimeout(this.again)
    this.waiting = this.waiting.filter(
      (chunk) => chunk === this.sending || !chunk.of.session_id || !this.host.wire.beacon(PATH, textOf(chunk)),
    )
    this.store()
    this.later(STAYED_MILLIS)
  }

  private store() {
    let size = 0
    const kept = this.waiting.filter((chunk) => (size += textOf(chunk).length) <= MOST_KEPT_CHARACTERS)
    this.stored = kept.length > 0
    keep('sessionStorage', KEPT, this.stored ? JSON.stringify(kept) : undefined)
  }

  drop() {
    clearTimeout(this.again)
    this.waiting = []
    this.store()
  }
}

/** Events are text already; nothing is written twice. */
function textOf({ of, seq, events }: Chunk): string {
  const { session_id, visitor_id, window_id } = of
  const head = JSON.stringify({ session_id, visitor_id, window_id, seq, sent_at: Date.now() })
  return `${head.slice(0, -1)},"events":[${events.join()}]}`
}

export const sizeOf = (event: string) => bytesOf(event).length
