import { describe, expect, it } from 'vitest'
import { actionsOf, bodyOf, toMinor, type LeadAction, type SiteSettings } from './leadActions'
import { sampleDetail } from './sampleLead'

const settings: SiteSettings = {
  pipeline: [
    { key: 'inbox', name: 'Inbox', kind: 'open' },
    { key: 'visited', name: 'Visited', kind: 'shown' },
    { key: 'sold', name: 'Sold', kind: 'won' },
  ],
  loss_reasons: ['moved_away'],
}

function action(name: string, change = {}): LeadAction {
  return actionsOf(sampleDetail('l', { status: 'inbox', ...change }), settings).find((one) => one.name === name)!
}

describe('actions of a lead', () => {
  it('offerTheStagesOfItsOwnPipelineButWhereItIs', () => {
    expect(action('move').fields[0]?.options).toEqual([{ value: 'visited', label: 'Visited' }])
    expect(action('lose').fields[0]?.options).toEqual([{ value: 'moved_away', label: 'Moved away' }])
  })

  it('areThoseOfItsState', () => {
    expect(action('reopen')).toBeUndefined()
    expect(action('win', { status_kind: 'lost' })).toBeUndefined()
    expect(action('reopen', { status_kind: 'lost' })).toBeDefined()
    expect(action('erase')).toBeDefined()
    expect(action('erase', { erase_requested_at: '2026-01-01T00:00:00Z' })).toBeUndefined()
    const merged = actionsOf(sampleDetail('l', { merged_into: 'other' }), settings)
    expect(merged.map((one) => one.name)).toEqual(['unmerge'])
  })

  it('becomeRequestsWithTheVersionThatWasSeen', () => {
    expect(bodyOf(action('win'), { amount: '12,5', currency: 'eur', reference: ' ' }, 7)).toEqual({
      expected_version: 7, amount_minor: 1250, currency: 'EUR',
    })
    expect(bodyOf(action('win'), { amount: '', currency: 'EUR' }, 7)).toEqual({ expected_version: 7 })
    expect(bodyOf(action('consents/withdraw'), { purposes: 'sms', channel: '' }, 3)).toEqual({ expected_version: 3, purposes: ['sms'] })
    expect(bodyOf(action('consents/withdraw'), { purposes: '' }, 3)).toEqual({ expected_version: 3 })
    expect(bodyOf(action('assign'), {}, 1)).toEqual({ expected_version: 1, assignee: null })
    expect(bodyOf(action('contact'), { channel: 'call' }, 1)).toEqual({ expected_version: 1, channel: 'call', reached: false })
  })

  it.each([
    ['12.34', 'EUR', 1234], ['0.1', 'EUR', 10], ['1200', 'JPY', 1200], ['1.234', 'KWD', 1234],
    ['1.5', 'JPY', Number.NaN], ['-1', 'EUR', Number.NaN], ['a lot', 'EUR', Number.NaN],
  ])('take %s %s as %s minor units', (amount, currency, minor) => expect(toMinor(amount, currency)).toBe(minor))
})
