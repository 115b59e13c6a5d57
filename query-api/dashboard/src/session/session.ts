/** One visit, as the read model knows it now. `closed`: ended, or 30 minutes without an event. */
export interface SessionView {
  session_id: string
  visitor_id: string | null
  site_id: string | null
  started_at: string
  ended_at: string | null
  last_event_at: string | null
  closed: boolean
  event_count: number
  page_views: number
  clicks: number
  max_scroll_percent: number | null
  duration_seconds: number | null
  return_visits: number | null
  engagement_score: number | null
  engagement_label: string | null
  entry_page: string | null
  exit_page: string | null
  referrer: string | null
  utm_source: string | null
  utm_campaign: string | null
  device_type: string | null
  country: string | null
  browser: string | null
  /** Another system recorded it. */
  imported: boolean
  /** Its id there. */
  external_id: string | null
}

export interface SessionDetail extends SessionView {
  leads: { lead_id: string; created_at: string }[]
}

export const SESSION_SORTS = [
  { value: 'started_at_desc', label: 'Newest first' },
  { value: 'started_at_asc', label: 'Oldest first' },
  { value: 'engagement_score_desc', label: 'Most engaged' },
] as const

export type SessionSort = (typeof SESSION_SORTS)[number]['value']

export function sessionSortOf(value: unknown): SessionSort {
  return SESSION_SORTS.find((sort) => sort.value === value)?.value ?? 'started_at_desc'
}

/** Ids are long; the last characters are the random ones that tell two apart. */
export function shortId(id: string): string {
  return id.length > 12 ? `…${id.slice(-8)}` : id
}
