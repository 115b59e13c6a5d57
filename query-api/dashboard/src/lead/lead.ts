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
  /** Sent back with what is decided on this page, so that nobody decides on what changed meanwhile. */
  version: number
  /** open, appointment, shown, quoted, won, lost or returned */
  status_kind: string
  status_since: string | null
  assignee: string | null
  team: string | null
  first_contact_at: string | null
  first_reached_at: string | null
  contact_attempts: number
  appointments: number
  appointment_status: string | null
  appointment_starts_at: string | null
  shown_at: string | null
  quoted_at: string | null
  won_at: string | null
  lost_at: string | null
  lost_reason: string | null
  returned_at: string | null
  return_reason: string | null
  suspicion_score: number | null
  vpn_suspected: boolean
  erase_requested_at: string | null
  imported: boolean
  merged_into: string | null
  money: Money[]
}

/** What a lead is worth in one currency, in minor units. */
export interface Money {
  currency: string
  quoted_minor: number | null
  won_minor: number | null
  paid_minor: number
  refunded_minor: number
  refunded_by_hand_minor: number
  disputed_minor: number
  disputes_lost_minor: number
  revenue_minor: number
}

export interface Appointment {
  appointment_ref: string
  current_ref: string
  status: string
  starts_at: string | null
  reschedules: number
  changed_at: string
  reason: string | null
  actor: string
}

/** Something that a person was asked to agree to, and the answer. */
export interface Consent {
  consent_id: string
  submission_id: string
  name: string | null
  purposes: string[]
  granted: boolean
  at: string
  text: string | null
  text_hash: string | null
  version: string | null
  ip: string | null
  page: string | null
  trusted_form_url: string | null
  leadid_token: string | null
  withdrawn_at: string | null
  withdrawn_purposes: string[]
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
  consents: Consent[]
  appointments_list: Appointment[]
  merged_leads: string[]
  survivor_lead_id: string | null
  related_projects: { project: string; lead_id: string; created_at: string }[]
  /** Absent of a testing lead, as are all below. */
  suspicion_reasons?: string[]
  vpn_score?: number | null
  asn?: number | null
  as_name?: string | null
  hosting?: boolean | null
  browser?: string | null
  os?: string | null
  bot_agent?: boolean | null
  bot_score?: number | null
  disposable_email?: boolean | null
  competitor_email?: boolean | null
  mapping_version?: number | null
  external_id?: string | null
  crm_ids?: Record<string, string>
  crm_url?: string | null
  sessions: SessionView[]
}

/** What to call a lead: its name, else how to reach it, else its id. */
export function nameOf(lead: Pick<LeadView, 'lead_id' | 'first_name' | 'last_name' | 'email' | 'phone'>): string {
  const name = [lead.first_name, lead.last_name].filter(Boolean).join(' ')
  return name || lead.email || lead.phone || `Lead ${lead.lead_id.slice(0, 8)}`
}

/** Colour of a stage by what it means. */
export function toneOf(kind: string): string {
  return { won: 'good', lost: 'bad', returned: 'bad', appointment: 'info', shown: 'info', quoted: 'warn' }[kind] ?? ''
}

/** Only addresses that a browser may open from here; anything else stays text. */
export function safeUrl(url: string | null | undefined): string | null {
  return url && /^https?:\/\//i.test(url) ? url : null
}
