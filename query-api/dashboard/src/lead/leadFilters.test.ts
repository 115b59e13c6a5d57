import { describe, expect, it } from 'vitest'
import { countSet, filtersOf, noFilters, paramsOf, queryOf, type LeadFilters } from './leadFilters'

const all: LeadFilters = {
  q: 'ana & co', email: 'a@example.org', phone: '+46 1', project: 'Harbour View', source: 'google_ads',
  campaign: 'spring', country: 'SE', status: 'new', site: 'main',
  assignee: 'ana', team: '(none)', crm_id: '17',
  from: '2026-11-01T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z', test: true, merged: true, sort: 'engagement_score_desc',
}

describe('lead filters in the URL', () => {
  it('comeBackAsTheyWent', () => {
    const query = queryOf(all) as Record<string, string>
    expect(filtersOf(query)).toEqual(all)
    expect(countSet(all)).toBe(16)
  })

  it('areAbsentWhenNothingIsFiltered', () => {
    expect(queryOf(noFilters())).toEqual({})
    expect(filtersOf({})).toEqual(noFilters())
  })

  it('ignoreWhatIsUnknownOrUnreadable', () => {
    const filters = filtersOf({ sort: 'nonsense', from: 'yesterday', test: '1', other: 'x', source: ['a', 'b'], q: null })
    expect(filters).toEqual({ ...noFilters(), source: 'a' })
  })

  it('becomeTheRequestOfOnePage', () => {
    expect(paramsOf({ ...noFilters(), country: ' SE ' }, 'c2')).toEqual({
      country: 'SE', sort: 'created_at_desc', limit: 50, cursor: 'c2',
    })
  })
})
