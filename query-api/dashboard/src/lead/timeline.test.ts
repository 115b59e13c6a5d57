import { describe, expect, it } from 'vitest'
import { actorOf, otherLeadOf, sentenceOf, type TimelineEvent } from './timeline'

function event(kind: string, details: Record<string, string> = {}, actor: string | null = null): TimelineEvent {
  return { event_id: 'e', lead_id: 'l', kind, at: '', recorded_at: '', actor, reason: null, details, note: null, payload: null }
}

describe('a line of the timeline', () => {
  it.each([
    ['stage', { from_stage: 'new', to_stage: 'no_show', cause: 'hand' }, 'Moved from new to no show'],
    ['stage', { from_stage: 'new', to_stage: 'won', cause: 'payment' }, 'Moved from new to won by payment'],
    ['contacted', { channel: 'call', reached: 'false' }, 'Tried to reach the person by call: not reached'],
    ['assigned', {}, 'Nobody is responsible any more'],
    ['corrected', { mapping_version: '3', fields: 'email,utm_source' }, 'Read again by mapping 3: email, utm source'],
    ['consent_withdrawn', { purposes: 'sms,phone', channel: 'in_person' }, 'Agrees no longer to sms, phone (by in person)'],
    ['consent_withdrawn', {}, 'Agrees no longer to anything'],
    ['of_tomorrow', {}, 'Of tomorrow'],
  ])('says %s', (kind, details, said) => expect(sentenceOf(event(kind, details as Record<string, string>))).toBe(said))

  it('showsMoneyWithTheDecimalsOfItsCurrency', () => {
    expect(sentenceOf(event('won', { amount_minor: '1200', currency: 'JPY' }))).toContain('1,200')
    expect(sentenceOf(event('won', { amount_minor: '1200', currency: 'EUR' }))).toContain('12')
  })

  it('namesWhoDidItAndTheOtherLead', () => {
    expect(actorOf(event('noted', {}, 'user:ana'))).toBe('ana')
    expect(actorOf(event('fact', {}, 'provider:src-1'))).toBe('source src-1')
    expect(actorOf(event('noted', {}, 'import'))).toBe('Import')
    expect(actorOf(event('captured'))).toBeNull()
    expect(otherLeadOf(event('merged', { into_lead_id: 'main_2' }))).toBe('main_2')
  })
})
