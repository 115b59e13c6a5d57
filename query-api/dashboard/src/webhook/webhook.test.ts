import { describe, expect, it } from 'vitest'
import { placeOf, readable } from './webhook'

describe('a redacted body', () => {
  it('isIndentedWithEveryDigitOfItsNumbers', () => {
    expect(readable('{"id":9007199254740993,"a":"1","n":0.10}')).toBe('{\n  "id": 9007199254740993,\n  "a": "1",\n  "n": 0.10\n}')
  })

  it('isShownAsItCameWhenItIsNoJson', () => {
    expect(readable('a=1&b=[redacted]')).toBe('a=1&b=[redacted]')
  })
})

describe('a submission of a delivery', () => {
  const row = { submission_id: 's1', outcome: 'accepted', code: null, lead_id: 'l1' }

  it('isShownWithItsLead', () => {
    expect(placeOf(row)).toEqual({ name: 'lead', params: { id: 'l1' } })
  })

  it('isShownWhereItWaits', () => {
    expect(placeOf({ ...row, outcome: 'quarantined', lead_id: null })).toEqual({ name: 'quarantined', params: { id: 's1' } })
  })

  it('isShownNowhereElse', () => {
    expect(placeOf({ ...row, outcome: 'refused', lead_id: null })).toBeNull()
    expect(placeOf({ ...row, outcome: null, lead_id: null })).toBeNull()
  })
})
