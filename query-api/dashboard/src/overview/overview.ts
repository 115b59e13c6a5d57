/** Totals since the beginning. Averages are null while there is nothing to average. */
export interface Overview {
  total_sessions: number
  total_events: number
  unique_visitors: number
  unique_fingerprints: number
  avg_engagement_score: number | null
  avg_session_duration_s: number | null
  total_leads: number
  leads_today: number
  total_submissions: number
}

export interface OutcomeCounts {
  received: number
  accepted: number
  duplicate: number
  blocked: number
  test: number
  refused: number
  quarantined: number
  /** Received without an outcome yet; negative while an outcome was counted first. */
  in_flight: number
  /** received = the sum of the outcomes in every settled quarter of an hour, but for those that only wait. */
  holds: boolean
  /** First quarter of an hour whose submissions wait for their decision, and nothing later is decided; else null. */
  undecided_since: string | null
}

/** What became of the records that a projection has read: read = applied + parked + skipped. */
export interface ProjectionAccount {
  name: string
  read: number
  applied: number
  parked: number
  skipped: number
  /** Writes of former owners that were refused: harmless. */
  fenced: number
  holds: boolean
  /** False: it said nothing for ten seconds, whatever its lag. */
  alive: boolean
}

export interface IntakeAccounting extends OutcomeCounts {
  by_source: (OutcomeCounts & { site_id: string; source_id: string | null })[]
  projections: ProjectionAccount[]
}

/** Projections whose numbers need somebody's attention, for a sentence each; empty when all is well. */
export function troubles(projections: ProjectionAccount[]): string[] {
  return projections.flatMap((one) => [
    ...(one.holds ? [] : [`${one.name}: what was read is not what was applied, parked and skipped.`]),
    ...(one.alive ? [] : [`${one.name} is dead: it has said nothing for ten seconds.`]),
  ])
}

export interface Realtime {
  active_sessions_5m: number
  active_sessions_30m: number
  events_5m: number
  leads_5m: number
  leads_30m: number
  top_pages: { page: string; views: number }[]
}

export interface DailySessions {
  date: string
  total_sessions: number
  unique_visitors: number
  avg_duration: number | null
  avg_engagement: number | null
}

/** The last `count` days up to `today` (`yyyy-mm-dd`), those without a visit as zeros. */
export function fillDays(rows: DailySessions[], count: number, today: string): DailySessions[] {
  const byDate = new Map(rows.map((row) => [row.date, row]))
  const end = Date.parse(`${today}T00:00:00Z`)
  return Array.from({ length: count }, (_, i) => {
    const date = new Date(end - (count - 1 - i) * 86_400_000).toISOString().slice(0, 10)
    return byDate.get(date) ?? { date, total_sessions: 0, unique_visitors: 0, avg_duration: null, avg_engagement: null }
  })
}
