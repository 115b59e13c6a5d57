import type { LeadDetail, LeadView } from './lead'

/** A lead for tests. */
export function sampleLead(id: string, change: Partial<LeadView> = {}): LeadView {
  return {
    lead_id: id, site_id: 'main', status: 'new', first_name: 'Ana', last_name: 'Rao', email: `${id}@example.org`,
    phone: null, project_name: 'Harbour View', source: 'website', lead_source: 'website', source_id: null, provider: null,
    channel: 'form', country: 'SE', city: null, utm_source: null, utm_medium: null, utm_campaign: null,
    visitor_id: null, session_id: null, device_type: null, engagement_score: 52, engagement_label: 'Hot',
    submissions: 1, facts: 0, created_at: '2026-11-21T03:00:00Z', last_submitted_at: null,
    version: 1, status_kind: 'open', status_since: null, assignee: null, team: null, first_contact_at: null,
    first_reached_at: null, contact_attempts: 0, appointments: 0, appointment_status: null, appointment_starts_at: null,
    shown_at: null, quoted_at: null, won_at: null, lost_at: null, lost_reason: null, returned_at: null,
    return_reason: null, suspicion_score: null, vpn_suspected: false, erase_requested_at: null, imported: false,
    merged_into: null, money: [], ...change,
  }
}

export function sampleDetail(id: string, change: Partial<LeadDetail> = {}): LeadDetail {
  return {
    ...sampleLead(id), message: null, country_code: null, user_location: null, source_team: null, region: null,
    timezone: null, utm_term: null, utm_content: null, gclid: null, fbclid: null, page_url: null, referred_by: null,
    searched_keyword: null, user_ip: null, user_agent: null, session_duration_seconds: null, pages_visited: null,
    return_visits: null, conflicting_lead_id: null, submissions_list: [], facts_list: [], consents: [], sessions: [],
    appointments_list: [], merged_leads: [], survivor_lead_id: null, related_projects: [], ...change,
  }
}
