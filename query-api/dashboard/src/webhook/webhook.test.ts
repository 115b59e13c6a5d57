import { describe, expect, it } from 'vitest'
import { readable } from './webhook'

describe('a redacted body', () => {
  it('isIndentedWithEveryDigitOfItsNumbers', () => {
    expect(readable('{"id":9007199254740993,"a":"1","n":0.10}')).toBe('{\n  "id": 9007199254740993,\n  "a": "1",\n  "n": 0.10\n}')
  })

  it('isShownAsItCameWhenItIsNoJson', () => {
    expect(readable('a=1&b=[redacted]')).toBe('a=1&b=[redacted]')
  })
})
