/** What the list of newest leads shows of one. */
export interface NewLead {
  lead_id: string
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  project_name: string | null
  source: string
  engagement_score: number | null
  engagement_label: string | null
  created_at: string
}

/** Newest first, each lead once: what arrives later replaces what is known. */
export function mergeNewest(known: NewLead[], arrived: NewLead[], limit: number): NewLead[] {
  const byId = new Map([...known, ...arrived].map((lead) => [lead.lead_id, lead]))
  return [...byId.values()]
    .sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) || b.lead_id.localeCompare(a.lead_id))
    .slice(0, limit)
}

export function titleOf(lead: NewLead): string {
  return [lead.first_name, lead.last_name].filter(Boolean).join(' ') || lead.email || lead.phone || lead.lead_id
}

/** Project, if it is known, and source. */
export function subtitleOf(lead: NewLead): string {
  return [lead.project_name, lead.source].filter(Boolean).join(' · ')
}
