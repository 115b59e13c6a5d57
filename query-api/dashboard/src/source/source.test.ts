import { describe, expect, it } from 'vitest'
import { mappingText, parseMapping } from './source'

describe('a mapping as text', () => {
  it('comesBackAsItWent', () => {
    const mapping = { email: '$.contact.mail', note: "$.a['b=c']" }
    expect(parseMapping(mappingText(mapping))).toEqual({ mapping, wrong: [] })
  })

  it('namesTheLinesThatAreNone', () => {
    expect(parseMapping('email\n\n = $.x\nphone=$.p')).toEqual({ mapping: { phone: '$.p' }, wrong: ['email', '= $.x'] })
  })
})
