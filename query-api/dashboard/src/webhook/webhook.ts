import { printExact } from '../platform/api'

/** One delivery in the audit. */
export interface WebhookView {
  receipt_id: string
  site_id: string | null
  source_id: string | null
  provider: string | null
  channel: string
  outcome: string
  reason: string | null
  status: number | null
  content_type: string | null
  body_bytes: number
  submission_count: number
  received_at: string
}

export interface WebhookDetail extends WebhookView {
  headers: Record<string, string>
  remote_ip: string | null
  body: string | null
  submissions: CarriedSubmission[]
}

/** A submission in a delivery; without an outcome it is not in the view of leads yet. */
export interface CarriedSubmission {
  submission_id: string
  outcome: string | null
  code: string | null
  lead_id: string | null
}

/** Where a submission of a delivery is shown: with its lead, else where it waits. */
export function placeOf(row: CarriedSubmission): { name: string; params: { id: string } } | null {
  if (row.lead_id !== null) return { name: 'lead', params: { id: row.lead_id } }
  return row.outcome === 'quarantined' ? { name: 'quarantined', params: { id: row.submission_id } } : null
}

export const FILTERS = ['source', 'provider', 'outcome', 'reason', 'status', 'receipt_id', 'submission_id', 'from', 'to', 'q'] as const

/** A body for reading: JSON indented, anything else as it came. Long numbers keep their digits. */
export function readable(body: string): string {
  try {
    JSON.parse(body)
  } catch {
    return body
  }
  const strings = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g
  const marked = body.replace(strings, (token) => (token.startsWith('"') ? token : JSON.stringify(`\0number:${token}`)))
  return printExact(JSON.parse(marked))
}
