/**
 * When somebody was there: the page was visible, and a key, a pointer or a wheel had moved within
 * the last minute. Each moment is told once; tabs overlap, so whoever counts takes the union.
 */

const ACTIVE_MILLIS = 60_000

export interface Interval {
  from: number
  to: number
}

export class Engagement {
  private from?: number
  private input = 0

  /** @param tell takes intervals as they end */
  constructor(private readonly tell: (interval: Interval) => void) {}

  /** Something was done in the page, or it came into view. */
  touched() {
    const now = Date.now()
    if (now > this.input + ACTIVE_MILLIS) this.cut()
    this.from ??= now
    this.input = now
  }

  /** Tells what there is up to now; what follows begins where it ends. */
  cut() {
    if (this.from === undefined) return
    const now = Date.now()
    const to = Math.min(now, this.input + ACTIVE_MILLIS)
    if (to > this.from) this.tell({ from: this.from, to })
    this.from = to < now ? undefined : to
  }

  /** The page is not visible any more. */
  left() {
    this.cut()
    this.from = undefined
  }
}
