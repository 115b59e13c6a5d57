import { describe, expect, it } from 'vitest'
import { Problem } from '../platform/api'
import { byTitle, providerHint, providerTitle } from './providers'
import { emptyDraft, problemFields, sourceBody, wrongInDraft } from './sourceForm'

const OURS = { name: 'google-key', generated: true, in_url: false }
const THEIRS = { name: 'stripe', generated: false, in_url: false }

describe('a new source', () => {
  it('leavesWhatIsEmptyToItsDefault', () => {
    expect(sourceBody({ ...emptyDraft(), provider: 'google-ads', scheme: 'google-key' })).toEqual({
      site_id: 'main',
      provider: 'google-ads',
      signature: { scheme: 'google-key' },
    })
  })

  it('sendsWhatWasTyped', () => {
    const draft = {
      ...emptyDraft(),
      provider: 'generic',
      name: ' Partner ',
      scheme: 'hmac',
      header: 'X-Sig',
      secret: ' s3 ',
      personHours: 24 as const,
      repeatMinutes: 0 as const,
      perMinute: 60 as const,
      mapping: 'email = a.b',
    }
    expect(sourceBody(draft)).toEqual({
      site_id: 'main',
      provider: 'generic',
      name: 'Partner',
      signature: { scheme: 'hmac', options: { header: 'X-Sig' }, secrets: ['s3'] },
      duplicate_window: 'PT24H',
      repeat_window: 'PT0M',
      limits: { per_minute: 60 },
      mapping: { email: 'a.b' },
    })
  })

  it('asksForASecretOnlyWhereTheProviderShowsOne', () => {
    const draft = { ...emptyDraft(), provider: 'x' }
    expect(wrongInDraft(draft, OURS)).toEqual({})
    expect(Object.keys(wrongInDraft(draft, THEIRS))).toEqual(['secrets'])
    expect(Object.keys(wrongInDraft({ ...emptyDraft(), scheme: 'hmac', mapping: 'x' }, OURS))).toEqual([
      'provider',
      'signature.options.header',
      'mapping',
    ])
  })

  it('asksForATokenWhereLeadsAreFetched', () => {
    const draft = { ...emptyDraft(), provider: 'meta', secret: 's' }
    expect(Object.keys(wrongInDraft(draft, THEIRS))).toEqual(['secret_options.access_token'])
    expect(sourceBody({ ...draft, accessToken: ' t ' }).secret_options).toEqual({ access_token: 't' })
  })

  it('showsTheServersErrorsAtTheirFields', () => {
    const errors = [
      { field: 'signature.secrets[0]', message: 'is too short' },
      { field: 'mapping.email', message: 'a name is expected' },
      { field: 'mapping.phone', message: 'is unknown' },
    ]
    expect(problemFields(new Problem(400, 'Wrong', null, errors))).toEqual({
      secrets: 'is too short',
      mapping: 'email: a name is expected · phone: is unknown',
    })
  })

  it('callsProvidersByTheirOwnNames', () => {
    expect(providerTitle('google-ads')).toBe('Google Ads')
    expect(providerHint('nobody')).toBeNull()
    const names = ['tally', 'cal-com', 'meta'].map((name) => ({ name, schemes: [], retries: true }))
    expect(byTitle(names).map((one) => one.name)).toEqual(['cal-com', 'meta', 'tally'])
  })
})
