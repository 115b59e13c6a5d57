import type { SessionView } from '../session/session'
import type { FactView, SubmissionView } from '../submission/submission'

/** A lead in a list. Members the provider did not send are null. */
export interface LeadView {
  lead_id: string
  site_id: string
  status: string
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  project_name: string | null
  /** As the volume by source counts it. */
  source: string
  lead_source: string | null
  source_id: string | null
  provider: string | null
  channel: string | null
  country: string | null
  city: string | null
  utm_source: string | null
  utm_medium: string | null
  utm_campaign: string | null
  visitor_id: string | null
  session_id: string | null
  device_type: string | null
  engagement_score: number | null
  engagement_label: string | null
  submissions: number
  facts: number
  created_at: string
  last_submitted_at: string | null
}

/** A lead with everything known about it. */
export interface LeadDetail extends LeadView {
  message: string | null
  country_code: string | null
  user_location: string | null
  source_team: string | null
  region: string | null
  timezone: string | null
  utm_term: string | null
  utm_content: string | null
  gclid: string | null
  fbclid: string | null
  page_url: string | null
  referred_by: string | null
  searched_keyword: string | null
  user_ip: string | null
  user_agent: string | null
  session_duration_seconds: number | null
  pages_visited: number | null
  return_visits: number | null
  conflicting_lead_id: string | null
  submissions_list: SubmissionView[]
  facts_list: FactView[]
  sessions: SessionView[]
}

/** What to call a lead: its name, else how to reach it, else its id. */
export function nameOf(lead: Pick<LeadView, 'lead_id' | 'first_name' | 'last_name' | 'email' | 'phone'>): string {
  const name = [lead.first_name, lead.last_name].filter(Boolean).join(' ')
  return name || lead.email || lead.phone || `Lead ${lead.lead_id.slice(0, 8)}`
}
