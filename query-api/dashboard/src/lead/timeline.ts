import { formatMoney, formatWord } from '../platform/format'

/** One event of a lead's history, as the server tells it: without words. */
export interface TimelineEvent {
  event_id: string
  lead_id: string
  kind: string
  at: string
  recorded_at: string
  actor: string | null
  reason: string | null
  details: Record<string, string>
  note: string | null
  payload: string | null
}

type Words = (d: Record<string, string>) => string

const WORDS: Record<string, Words> = {
  captured: (d) => `Became a lead${from(d)}${d.released ? ', let in from the quarantine' : ''}`,
  resubmitted: (d) => `Submitted again${from(d)}${d.conflicting_lead_id ? '; the phone points to another lead' : ''}`,
  duplicate: (d) => `Submitted the same again${from(d)}: a duplicate by ${word(d.rule)}`,
  scored: (d) => `Scored ${d.engagement_score} (${d.engagement_label})${d.suspicion_score ? `, suspicion ${d.suspicion_score}` : ''}`,
  fact: (d) => `${formatWord(d.provider)} told: ${word(d.fact)}${money(d)}${d.test ? ' (a test)' : ''}`,
  stage: (d) => `Moved from ${word(d.from_stage)} to ${word(d.to_stage)}${d.cause && d.cause !== 'hand' ? ` by ${word(d.cause)}` : ''}`,
  assigned: (d) => (d.assignee ? `Assigned to ${d.assignee}${d.team ? `, team ${d.team}` : ''}` : 'Nobody is responsible any more'),
  contacted: (d) => `Tried to reach the person by ${word(d.channel)}: ${d.reached === 'true' ? 'reached' : 'not reached'}`,
  appointment: (d) => `Appointment ${word(d.change)}`,
  quoted: (d) => `Offered a price${money(d)}`,
  won: (d) => `Won${money(d)}${d.reference ? `, deal ${d.reference}` : ''}`,
  lost: (d) => `Lost: ${word(d.reason_code)}`,
  returned: (d) => `Returned to its provider: ${word(d.reason_code)}`,
  refunded: (d) => `Refunded${money(d)}`,
  refund_reversed: (d) => `Refund taken back${money(d)}`,
  merged: () => 'Merged into another lead',
  absorbed: () => 'Took over another lead',
  unmerged: () => 'Is its own lead again',
  gave_back: () => 'Gave a merged lead back',
  noted: () => 'Note',
  crm_linked: (d) => `Known to ${d.crm ?? 'the CRM'} as ${d.crm_lead_id}`,
  crm_activity: (d) => `The CRM told: ${word(d.activity)}`,
  erase_requested: (d) => `Asked to be forgotten (${word(d.cause)})`,
  erase_withdrawn: () => 'Not to be forgotten after all',
  erased: () => 'Forgotten: the data is gone for good',
  consent_withdrawn: (d) =>
    `Agrees no longer${d.purposes ? ` to ${d.purposes.split(',').map(word).join(', ')}` : ' to anything'}${d.channel ? ` (by ${word(d.channel)})` : ''}`,
  corrected: (d) => `Read again by mapping ${d.mapping_version}: ${(d.fields ?? '').split(',').map(word).join(', ')}`,
}

/** What happened, as a sentence for people; a kind that this page does not know is shown by its name. */
export function sentenceOf(event: TimelineEvent): string {
  return WORDS[event.kind]?.(event.details) ?? formatWord(event.kind)
}

/** Who did it: `user:ana` → `ana`. */
export function actorOf(event: TimelineEvent): string | null {
  if (!event.actor) return null
  const [kind, ...name] = event.actor.split(':')
  if (kind === 'provider') return `source ${name.join(':')}`
  return kind === 'key' ? `key ${name.join(':')}` : name.join(':') || formatWord(kind)
}

/** The other lead that an event names. */
export function otherLeadOf(event: TimelineEvent): string | null {
  const d = event.details
  return d.into_lead_id ?? d.merged_lead_id ?? d.from_lead_id ?? d.conflicting_lead_id ?? null
}

function word(value: string | undefined): string {
  return (value ?? '').replaceAll('_', ' ')
}

function from(d: Record<string, string>): string {
  const where = d.provider ?? d.channel
  return where ? ` (${word(where)})` : ''
}

function money(d: Record<string, string>): string {
  return d.amount_minor ? ` ${formatMoney(Number(d.amount_minor), d.currency)}` : ''
}
