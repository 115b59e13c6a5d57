/** How far a projection has read one partition, and who writes it. */
export interface Position {
  topic: string
  partition: number
  next_offset: number
  end_offset: number | null
  epoch: number
  owner: string | null
  heartbeat: string | null
}

/** What became of the records read: `read = applied + parked + skipped` holds, or something was lost. */
export interface Accounting {
  read: number
  applied: number
  parked: number
  skipped: number
  /** Writes that were refused because their owner had lost the partition. */
  fenced: number
  holds: boolean
}

/** How far a generation has read its source; a rate that is not known is null. */
export interface Progress {
  done: number
  total: number
  per_second: number | null
  eta_seconds: number | null
}

/** What the newest comparison with another generation said. */
export interface Verification {
  report_id: number
  at: string
  against: number
  equal: boolean
  rows: number
  differences: number
}

/** Some keys of the live tables, compared with what their events give; what was found is there when it is over. */
export interface Sample {
  id: number
  request_id: number
  asked_at: string
  /** Null: it is not over. */
  ended_at: string | null
  wanted: number
  keys: number
  rows: number
  differing: number
  /** Keys that could not be compared; `reason` says why the first could not. */
  skipped: number
  reason: string | null
}

/** One generation of a projection. */
export interface ProjectionView {
  name: string
  generation: number
  state: string
  /** How it is doing now, and why if that needs words. */
  health: string
  reason?: string | null
  lag_records: number | null
  lag_age_ms: number | null
  rate_per_second: number | null
  updated_at: string | null
  alive: boolean
  fold_version: number
  /** `serve`: becomes live when it compares equal; `verify`: made for a comparison, dropped after it. */
  purpose: string
  planned_at: string
  live_at: string | null
  /** When it is dropped by itself, once it is no longer live. */
  retire_at: string | null
  expected: string[]
  max_rate: number | null
  rate_limit: number | null
  progress: Progress | null
  /** What a backfill in bulk does now. */
  step: string | null
  verification: Verification | null
  /** The newest one of a live generation whose rows have keys of their own. */
  sample: Sample | null
  accounting: Accounting
  positions: Position[]
}

export interface Health {
  label: string
  tone: 'good' | 'warn' | 'bad'
}

const TROUBLE: Record<string, Health> = {
  STOPPED: { label: 'Stopped', tone: 'bad' },
  WAITING: { label: 'Waiting', tone: 'warn' },
  STARTING: { label: 'Starting', tone: 'warn' },
  CATCHING_UP: { label: 'Catching up', tone: 'warn' },
}

/** One word for how a generation is doing. */
export function healthOf(projection: ProjectionView): Health {
  if (projection.state === 'FAILED') return { label: 'Failed', tone: 'bad' }
  if (!projection.accounting.holds) return { label: 'Does not add up', tone: 'bad' }
  if (!projection.alive) return { label: 'No heartbeat', tone: 'bad' }
  const trouble = TROUBLE[projection.health]
  if (trouble) return trouble
  if ((projection.lag_age_ms ?? 0) > 10_000) return { label: 'Behind', tone: 'warn' }
  if (projection.accounting.parked > 0) return { label: 'Records parked', tone: 'warn' }
  return { label: 'Up to date', tone: 'good' }
}

export function lagOf(position: Position): number | null {
  return position.end_offset === null ? null : Math.max(0, position.end_offset - position.next_offset)
}
