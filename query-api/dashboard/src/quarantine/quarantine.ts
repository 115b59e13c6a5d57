/** A submission that is or was in quarantine. */
export interface Quarantined {
  submission_id: string
  site_id: string
  source_id: string | null
  provider: string | null
  channel: string
  code: string
  detail: string
  problem: string | null
  state: 'waiting' | 'released' | 'rejected'
  edits: number
  decided_at: string | null
  decided_by: string | null
  reject_code: string | null
  reject_reason: string | null
  outcome: string | null
  lead_id: string | null
  received_at: string
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  project_name: string | null
}

export interface QuarantinedDetail extends Quarantined {
  payload: string | null
  changes: { event_id: string; field: string; before: string | null; after: string | null; changed_at: string; actor: string }[]
}

/** As it stands in the decider, newer than any list. */
export interface Standing {
  status: string
  revision: number
  fields?: Record<string, unknown>
}

/** A plan over many submissions. */
export interface Plan {
  plan_id: string
  action: string
  status: 'predicting' | 'ready' | 'running' | 'done' | 'cancelled' | 'failed'
  rate_per_second: number
  total: number
  foretold: number
  predicted: Record<string, number>
  done: number
  outcomes: Record<string, number>
  errors: Record<string, number>
  result?: { counts?: Record<string, number>; examples?: Record<string, unknown> }
  created_at: string
}

export const STATES = ['waiting', 'released', 'rejected', 'all'] as const

/** `site id_submission id`: names a submission whatever the site. */
export function refOf(row: Pick<Quarantined, 'site_id' | 'submission_id'>): string {
  return `${row.site_id}_${row.submission_id}`
}

/** Path of a submission at the decider; its site tells who decides. */
export function pathOf(row: Pick<Quarantined, 'site_id' | 'submission_id'>, action = ''): string {
  return `/admin/quarantine/${encodeURIComponent(refOf(row))}${action}`
}

/** Only what differs from what the form was filled with; emptied fields become null. */
export function changesOf(before: Record<string, string>, after: Record<string, string>): Record<string, string | null> {
  const changed: Record<string, string | null> = {}
  for (const [name, value] of Object.entries(after)) {
    if (value.trim() !== (before[name] ?? '')) changed[name] = value.trim() === '' ? null : value.trim()
  }
  return changed
}

/** How far a plan is, of 1. */
export function shareOf(plan: Plan): number {
  if (plan.total === 0) return 0
  return (plan.status === 'predicting' ? plan.foretold : plan.done) / plan.total
}

/** Counts by word, the most first: `12 accepted, 3 duplicate`. */
export function countsOf(counts: Record<string, number>): string {
  return Object.entries(counts)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `${count} ${name.replaceAll(/[-_]/g, ' ')}`)
    .join(', ')
}
