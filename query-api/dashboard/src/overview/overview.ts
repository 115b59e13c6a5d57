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
  holds: boolean
}

export interface IntakeAccounting extends OutcomeCounts {
  by_source: (OutcomeCounts & { site_id: string; source_id: string | null })[]
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

/** What `received` exceeds the sum of the outcomes by; 0 when the identity holds. */
export function missingOf(counts: OutcomeCounts): number {
  const { received, accepted, duplicate, blocked, test, refused, quarantined } = counts
  return received - (accepted + duplicate + blocked + test + refused + quarantined)
}
