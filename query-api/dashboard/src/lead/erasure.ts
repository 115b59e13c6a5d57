/** How far a lead is forgotten, as `/admin/erasures/{id}` tells it. */
export interface Erasure {
  state: 'requested' | 'withdrawn' | 'forgotten' | 'destroyed' | 'done'
  requested_at: string
  /** Until then it can be withdrawn; null: it was, or it began. */
  forgets_at: string | null
}

/** At least 0. */
export function secondsUntil(at: string | null, now: number): number {
  return at === null ? 0 : Math.max(0, (Date.parse(at) - now) / 1_000)
}
