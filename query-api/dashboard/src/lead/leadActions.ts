import { formatWord } from '../platform/format'
import type { LeadDetail } from './lead'

/** A stage of the site's pipeline. */
export interface Stage {
  key: string
  name: string
  kind: string
}

/** What a site decided about its leads, as far as this page needs it. */
export interface SiteSettings {
  pipeline: Stage[]
  loss_reasons: string[]
}

export interface Option {
  value: string
  label: string
}

/** One field of an action's form. */
export interface ActionField {
  name: string
  label: string
  type: 'text' | 'textarea' | 'select' | 'checkbox' | 'money' | 'datetime'
  options?: Option[]
  required?: boolean
  suggestions?: string[]
}

/** Something a person does with a lead: its form, and the request that it becomes. */
export interface LeadAction {
  name: string
  label: string
  said: string
  fields: ActionField[]
  /** Not undone by a click. */
  grave?: boolean
}

const RETURN_REASONS = ['duplicate', 'invalid_contact', 'wrong_product', 'fraud', 'out_of_area', 'other']
const LOSS_REASONS = ['price', 'competitor', 'no_response', 'not_interested', 'unqualified', 'other']
const PURPOSES = ['email', 'phone', 'sms', 'sharing', 'marketing', 'processing']
const REASON: ActionField = { name: 'reason', label: 'Reason, in a sentence without personal data', type: 'text' }
const MONEY: ActionField[] = [
  { name: 'amount', label: 'Amount', type: 'money', required: true },
  { name: 'currency', label: 'Currency', type: 'text', required: true },
]

function options(values: string[]): Option[] {
  return values.map((value) => ({ value, label: formatWord(value) }))
}

/** What can be done with this lead; whether it may be is decided by the server, by name of the rule. */
export function actionsOf(lead: LeadDetail, settings: SiteSettings): LeadAction[] {
  if (lead.merged_into) {
    return [{ name: 'unmerge', label: 'Undo the merge', said: 'The lead is its own again.', fields: [REASON] }]
  }
  const ended = ['won', 'lost', 'returned'].includes(lead.status_kind)
  const stages = settings.pipeline
    .filter((stage) => stage.key !== lead.status && !['won', 'lost', 'returned'].includes(stage.kind))
    .map((stage) => ({ value: stage.key, label: stage.name }))
  const losses = settings.loss_reasons.length > 0 ? settings.loss_reasons : LOSS_REASONS
  const bookings = lead.appointments_list.map((one) => ({ value: one.current_ref, label: `${one.current_ref} (${formatWord(one.status)})` }))
  const actions: (LeadAction | false)[] = [
    !ended && { name: 'move', label: 'Move', said: 'Moved.', fields: [{ name: 'stage', label: 'Stage', type: 'select', options: stages, required: true }, REASON] },
    { name: 'assign', label: 'Assign', said: 'Assigned.', fields: [
      { name: 'assignee', label: 'Assignee; empty: nobody', type: 'text' }, { name: 'team', label: 'Team', type: 'text' }] },
    { name: 'contact', label: 'Contact attempt', said: 'Noted as an attempt.', fields: [
      { name: 'channel', label: 'Channel', type: 'select', options: options(['call', 'email', 'sms', 'meeting', 'chat', 'other']), required: true },
      { name: 'reached', label: 'The person was reached', type: 'checkbox' }] },
    { name: 'appointment', label: 'Appointment', said: 'The appointment is noted.', fields: [
      { name: 'change', label: 'What happened', type: 'select', required: true,
        options: options(bookings.length > 0 ? ['booked', 'rescheduled', 'cancelled', 'shown', 'no_show', 'no_show_withdrawn'] : ['booked']) },
      ...(bookings.length > 0 ? [{ name: 'ref', label: 'Which one; a new one has none', type: 'select' as const, options: bookings }] : []),
      { name: 'starts_at', label: 'Start', type: 'datetime' }, REASON] },
    { name: 'quote', label: 'Quote', said: 'The quote is noted.', fields: MONEY },
    !ended && { name: 'win', label: 'Won', said: 'Won.', fields: [
      ...MONEY.map((field) => ({ ...field, required: false })), { name: 'reference', label: 'Reference of the deal', type: 'text' }] },
    !ended && { name: 'lose', label: 'Lost', said: 'Lost.', fields: [
      { name: 'reason_code', label: 'Why', type: 'select', options: options(losses), required: true }, REASON] },
    !ended && { name: 'return', label: 'Return to provider', said: 'Returned.', fields: [
      { name: 'reason_code', label: 'Why', type: 'select', options: options(RETURN_REASONS), required: true }, REASON] },
    ended && { name: 'reopen', label: 'Reopen', said: 'Open again.', fields: [
      { name: 'stage', label: 'Stage; empty: the first', type: 'select', options: stages }, REASON] },
    lead.money.length > 0 && { name: 'refund', label: 'Refund', said: 'The refund is noted.', fields: [
      { name: 'refund_ref', label: 'Reference of the refund', type: 'text', required: true },
      ...MONEY.map((field) => ({ ...field, required: false })),
      { name: 'reversed', label: 'It did not happen after all (no amount)', type: 'checkbox' }] },
    { name: 'merge', label: 'Merge', said: 'Merged.', grave: true, fields: [
      { name: 'into_lead_id', label: 'Id of the lead that goes on', type: 'text', required: true }, REASON] },
    { name: 'note', label: 'Note', said: 'Noted.', fields: [{ name: 'message', label: 'Note', type: 'textarea', required: true }] },
    { name: 'consents/withdraw', label: 'Withdraw consent', said: 'The consent is withdrawn.', grave: true, fields: [
      { name: 'purposes', label: 'For what; empty: everything', type: 'select', options: options(PURPOSES) },
      { name: 'channel', label: 'How the person said so', type: 'select', options: options(['email', 'phone', 'sms', 'letter', 'web', 'in_person', 'other']) },
      REASON] },
    !lead.erase_requested_at && { name: 'erase', label: 'Forget', said: 'It is noted that the person is to be forgotten.', grave: true, fields: [] },
  ]
  return actions.filter((action): action is LeadAction => action !== false)
}

/** The body of an action: empty texts are left out, money becomes minor units. */
export function bodyOf(
  action: LeadAction,
  values: Record<string, string | boolean>,
  version: number,
): Record<string, unknown> {
  const body: Record<string, unknown> = { expected_version: version }
  for (const field of action.fields) {
    const value = values[field.name]
    if (field.type === 'checkbox') body[field.name] = value === true
    else if (typeof value !== 'string' || value.trim() === '') continue
    else if (field.type === 'money') body.amount_minor = toMinor(value, String(values.currency ?? ''))
    else if (field.name === 'currency') {
      if (String(values.amount ?? '').trim()) body.currency = value.trim().toUpperCase()
    } else if (field.name === 'purposes') body.purposes = [value]
    else body[field.name] = value.trim()
  }
  if (action.name === 'assign') body.assignee ??= null
  return body
}

/** `12.5` EUR → 1250, `1200` JPY → 1200, without the errors of binary fractions; what is no amount is not a number. */
export function toMinor(amount: string, currency: string): number {
  const match = /^\s*(\d+)(?:[.,](\d+))?\s*$/.exec(amount)
  if (!match) return Number.NaN
  const places = decimalsOf(currency)
  const fraction = match[2] ?? ''
  if (fraction.length > places) return Number.NaN
  return Number(`${match[1]}${fraction.padEnd(places, '0')}`)
}

function decimalsOf(currency: string): number {
  if (!/^[A-Za-z]{3}$/.test(currency.trim())) return 2
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currency.trim().toUpperCase() })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}
