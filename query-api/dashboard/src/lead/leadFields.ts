import { formatCount, formatCountry, formatDateTime, formatDuration, formatWord } from '../platform/format'
import type { Field } from '../platform/ui/FieldList.vue'
import type { LeadDetail } from './lead'

const yesNo = (value: boolean | null | undefined) => (value === null || value === undefined ? null : value ? 'Yes' : 'No')

/** What became of it, and how soon. */
export function lifeOf(lead: LeadDetail): Field[] {
  const wait = lead.first_contact_at ? (Date.parse(lead.first_contact_at) - Date.parse(lead.created_at)) / 1_000 : null
  return [
    { label: 'In this stage since', value: formatDateTime(lead.status_since) },
    { label: 'Assignee', value: lead.assignee },
    { label: 'Team', value: lead.team },
    { label: 'First contact after', value: formatDuration(wait) },
    { label: 'Attempts to reach', value: formatCount(lead.contact_attempts) },
    { label: 'First reached', value: formatDateTime(lead.first_reached_at) },
    { label: 'Came to an appointment', value: formatDateTime(lead.shown_at) },
    { label: 'Last quote', value: formatDateTime(lead.quoted_at) },
    { label: 'Won', value: formatDateTime(lead.won_at) },
    { label: 'Lost', value: formatDateTime(lead.lost_at) },
    { label: 'Lost because of', value: formatWord(lead.lost_reason) },
    { label: 'Returned', value: formatDateTime(lead.returned_at) },
    { label: 'Returned because of', value: formatWord(lead.return_reason) },
    { label: 'Asked to be forgotten', value: formatDateTime(lead.erase_requested_at) },
  ]
}

/** What was found out; what is unknown is left out, never shown as no. */
export function traitsOf(lead: LeadDetail): Field[] {
  return [
    { label: 'Suspicion (0–100)', value: formatCount(lead.suspicion_score) },
    { label: 'Because of', value: lead.suspicion_reasons?.map(formatWord).join(', ') },
    { label: 'VPN (0–100)', value: formatCount(lead.vpn_score) },
    { label: 'VPN suspected', value: lead.vpn_suspected ? 'Yes' : null },
    { label: 'Network', value: lead.as_name },
    { label: 'ASN', value: lead.asn === null || lead.asn === undefined ? null : String(lead.asn) },
    { label: 'Hosting network', value: yesNo(lead.hosting) },
    { label: 'Browser', value: lead.browser },
    { label: 'System', value: lead.os },
    { label: 'Robot by its own word', value: yesNo(lead.bot_agent) },
    { label: 'Bot score (1 robot–99 person)', value: formatCount(lead.bot_score) },
    { label: 'Throw-away e-mail', value: yesNo(lead.disposable_email) },
    { label: 'Competitor’s e-mail', value: yesNo(lead.competitor_email) },
    { label: 'Mapping version', value: formatCount(lead.mapping_version) },
    { label: 'Provider’s id', value: lead.external_id },
  ]
}

/** The fields of a lead in the groups its page shows; absent ones are left out there. */
export function contactOf(lead: LeadDetail): Field[] {
  return [
    { label: 'First name', value: lead.first_name },
    { label: 'Last name', value: lead.last_name },
    { label: 'E-mail', value: lead.email, testId: 'lead-email' },
    { label: 'Phone', value: lead.phone, testId: 'lead-phone' },
    { label: 'Country code', value: lead.country_code },
    { label: 'Country', value: formatCountry(lead.country) },
    { label: 'Region', value: lead.region },
    { label: 'City', value: lead.city },
    { label: 'Location', value: lead.user_location },
    { label: 'Time zone', value: lead.timezone },
    { label: 'Project', value: lead.project_name },
  ]
}

export function engagementOf(lead: LeadDetail): Field[] {
  return [
    { label: 'Score (0–100)', value: formatCount(lead.engagement_score), testId: 'lead-score' },
    { label: 'Label', value: lead.engagement_label, testId: 'lead-label' },
    { label: 'Time on site', value: formatDuration(lead.session_duration_seconds) },
    { label: 'Pages visited', value: formatCount(lead.pages_visited) },
    { label: 'Return visits', value: formatCount(lead.return_visits) },
    { label: 'Device', value: formatWord(lead.device_type) },
    { label: 'Submissions', value: formatCount(lead.submissions) },
    { label: 'Facts', value: formatCount(lead.facts) },
  ]
}

export function attributionOf(lead: LeadDetail): Field[] {
  return [
    { label: 'Source', value: lead.source },
    { label: 'Told as', value: lead.lead_source },
    { label: 'Team', value: lead.source_team },
    { label: 'Provider', value: formatWord(lead.provider) },
    { label: 'Channel', value: formatWord(lead.channel) },
    { label: 'Connection', value: lead.source_id },
    { label: 'Site', value: lead.site_id },
    { label: 'utm_source', value: lead.utm_source },
    { label: 'utm_medium', value: lead.utm_medium },
    { label: 'utm_campaign', value: lead.utm_campaign },
    { label: 'utm_term', value: lead.utm_term },
    { label: 'utm_content', value: lead.utm_content },
    { label: 'gclid', value: lead.gclid },
    { label: 'fbclid', value: lead.fbclid },
    { label: 'Referred by', value: lead.referred_by },
    { label: 'Searched for', value: lead.searched_keyword },
  ]
}

export function contextOf(lead: LeadDetail): Field[] {
  return [
    { label: 'Page', value: lead.page_url },
    { label: 'IP address', value: lead.user_ip },
    { label: 'Browser', value: lead.user_agent },
    { label: 'Visitor', value: lead.visitor_id },
    { label: 'Session', value: lead.session_id },
    { label: 'Lead id', value: lead.lead_id },
  ]
}
