import { describe, expect, it } from 'vitest'
import { cleanUrl, withoutSecrets } from './privacy'

describe('what leaves the page', () => {
  it.each([
    ['https://x.test/a?page=2&utm_source=news', 'https://x.test/a?page=2&utm_source=news'],
    ['https://x.test/reset?token=abc&lang=de', 'https://x.test/reset?token=********&lang=de'],
    ['/cb?code=1&state=2#access_token=abc', '/cb?code=********&state=2#access_token=********'],
    ['/a?Password=p&user[api_key]=k', '/a?Password=********&user[api_key]=********'],
    ['/a?keyword=sea&promocode=x', '/a?keyword=sea&promocode=x'],
    ['/a?token=', '/a?token=********'],
  ])('%s is told as %s', (url, told) => {
    expect(cleanUrl(url)).toBe(told)
  })

  it('has no values that are named like secrets, however deep', () => {
    expect(
      withoutSecrets({ plan: 'pro', user: { password: 'p', cards: [{ card_number: '4111' }] }, apiKey: 'k', n: 1 }),
    ).toEqual({ plan: 'pro', user: { password: '********', cards: '********' }, apiKey: '********', n: 1 })
  })

  it('is JSON, or nothing', () => {
    const round: Record<string, unknown> = {}
    round.self = round

    expect(withoutSecrets(round)).toBeUndefined()
    expect(withoutSecrets('text')).toBeUndefined()
    expect(withoutSecrets(undefined)).toBeUndefined()
  })
})
