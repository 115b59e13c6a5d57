/** One delivered form or webhook item and what became of it. E-mail and phone are masked for marketing keys. */
export interface SubmissionView {
  submission_id: string
  /** The delivery it came in. */
  receipt_id: string
  lead_id: string | null
  outcome: string
  code: string | null
  detail: string | null
  duplicate_of: string | null
  duplicate_received_at?: string | null
  /** Where the first one came from: a webhook source, else a channel. */
  duplicate_source_id?: string | null
  channel: string | null
  source_id: string | null
  provider: string | null
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  project_name: string | null
  /** As the volume by source counts it. */
  source: string
  lead_source: string | null
  utm_source: string | null
  utm_campaign: string | null
  country: string | null
  received_at: string
  submitted_at: string | null
  payload?: unknown
}

/** Something a provider reported about a person: an appointment, a payment. */
export interface FactView {
  fact_id: string
  lead_id: string | null
  provider: string | null
  kind: string
  email: string | null
  full_name: string | null
  amount_minor: number | null
  currency: string | null
  starts_at: string | null
  test: boolean
  occurred_at: string | null
  received_at: string
}

/** Every submission ends as exactly one of these. */
export const OUTCOMES = ['accepted', 'duplicate', 'blocked', 'test', 'refused', 'quarantined'] as const
export type Outcome = (typeof OUTCOMES)[number]

export function outcomeTone(outcome: string): string {
  const tones: Record<string, string> = {
    accepted: 'good',
    duplicate: 'info',
    test: 'info',
    blocked: 'warn',
    refused: 'bad',
    quarantined: 'bad',
  }
  return tones[outcome] ?? ''
}
