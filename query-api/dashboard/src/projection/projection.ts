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
  holds: boolean
}

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

/** One word for how a projection is doing. */
export function healthOf(projection: ProjectionView): Health {
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
