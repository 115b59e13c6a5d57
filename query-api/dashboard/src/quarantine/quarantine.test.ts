import { describe, expect, it } from 'vitest'
import { changesOf, countsOf, pathOf, shareOf, type Plan } from './quarantine'

const plan: Plan = {
  plan_id: 'p', action: 'release', status: 'predicting', rate_per_second: 10, total: 4, foretold: 3, predicted: {},
  done: 1, outcomes: {}, errors: {}, created_at: '',
}

describe('the quarantine', () => {
  it('sendsOnlyWhatWasChanged', () => {
    const before = { email: 'a@example.org', phone: '12' }
    expect(changesOf(before, { email: 'a@example.org', phone: ' +34 1 ', city: '' })).toEqual({ phone: '+34 1' })
    expect(changesOf(before, { email: ' ', phone: '12' })).toEqual({ email: null })
  })

  it('namesASubmissionWithItsSite', () => {
    expect(pathOf({ site_id: 'main', submission_id: 'a/b' }, '/release')).toBe('/admin/quarantine/main_a%2Fb/release')
  })

  it('tellsHowFarAPlanIs', () => {
    expect(shareOf(plan)).toBe(0.75)
    expect(shareOf({ ...plan, status: 'running' })).toBe(0.25)
    expect(shareOf({ ...plan, total: 0 })).toBe(0)
    expect(countsOf({ accepted: 2, 'already-released': 5 })).toBe('5 already released, 2 accepted')
  })
})
