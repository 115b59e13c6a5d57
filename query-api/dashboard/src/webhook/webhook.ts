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
  received_at: string
}

export interface WebhookDetail extends WebhookView {
  headers: Record<string, string>
  remote_ip: string | null
  body: string | null
}

export const FILTERS = ['source', 'provider', 'outcome', 'reason', 'status', 'receipt_id', 'from', 'to', 'q'] as const

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
