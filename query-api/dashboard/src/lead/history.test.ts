import { afterEach, describe, expect, it } from 'vitest'
import App from '../App.vue'
import { useLive } from '../platform/live'
import { fakeServer, me, mountAt, problemResponse, settled } from '../platform/testing'
import { asOfOf, changesOf, fromField, toField } from './history'
import { sampleDetail } from './sampleLead'

afterEach(() => {
  useLive().stop()
  document.body.innerHTML = ''
})

const event = {
  event_id: 'e1', lead_id: 'l1', kind: 'captured', at: '2026-11-20T12:00:00Z', recorded_at: '2026-11-20T12:00:00Z',
  actor: null, reason: null, details: {}, note: null, payload: null,
}

function server(routes: Record<string, unknown> = {}) {
  return fakeServer({
    '/analytics/me': me('admin'),
    '/analytics/settings': { pipeline: [], loss_reasons: [] },
    '/analytics/stream': () => new Response(new TransformStream().readable),
    '/analytics/leads/l1/timeline': { items: [], next_cursor: null },
    '/analytics/leads/l1': (url: URL) =>
      url.searchParams.has('as_of')
        ? { ...sampleDetail('l1', { status: 'new', first_name: 'Before' }), as_of: url.searchParams.get('as_of'), as_of_event: {}, timeline: [event] }
        : sampleDetail('l1', { status: 'won', first_name: 'Now' }),
    ...routes,
  })
}

describe('a lead as it was', () => {
  it('isShownUnderABannerAndGoesBackToNow', async () => {
    const requests = server()
    const { wrapper, router } = await mountAt('/leads/l1', App, 'k')
    expect(wrapper.find('[data-testid=past-banner]').exists()).toBe(false)

    await wrapper.get('#as-it-was-at').setValue('2026-11-20T13:14:15')
    await wrapper.get('[data-testid=as-it-was]').trigger('submit')
    await settled()

    const asked = requests.filter(({ url }) => url.searchParams.has('as_of')).map(({ url }) => url.searchParams.get('as_of'))
    expect(asked).toEqual([fromField('2026-11-20T13:14:15')])
    expect(wrapper.get('[data-testid=past-banner]').text()).toContain('As it was on')
    expect(wrapper.get('h1').text()).toContain('Before')
    expect(wrapper.get('[data-testid=timeline]').text()).toContain('Became a lead')
    expect(wrapper.find('[data-testid=why]').exists()).toBe(false)

    await wrapper.get('[data-testid=back-to-now]').trigger('click')
    await settled()
    expect(router.currentRoute.value.query).toEqual({})
    expect(wrapper.get('h1').text()).toContain('Now')
    wrapper.unmount()
  })

  it('isNotTodaysWhenThereWasNothingThen', async () => {
    server({
      '/analytics/leads/l1': (url: URL) =>
        url.searchParams.has('as_of') ? problemResponse(404, { title: 'There is nothing here' }) : sampleDetail('l1', { first_name: 'Now' }),
    })
    const { wrapper } = await mountAt('/leads/l1?as_of=2020-01-01T00:00:00Z', App, 'k')
    expect(wrapper.text()).toContain('There is nothing here')
    expect(wrapper.text()).not.toContain('Now Rao')
    wrapper.unmount()
  })
})

describe('why a lead is as it is', () => {
  it('namesTheEventsAndPutsRightWhatDiffers', async () => {
    let matches = false
    const requests = server({
      '/analytics/leads/l1/explain': () => ({
        matches,
        differences: matches ? [] : [{ table: 'leads', row: 'leads|l1', kind: 'changed', columns: ['status'] }],
        events: [
          {
            topic: 'lead.events.v1', partition: 2, offset: 41, type: 'LeadCaptured', recorded_at: '2026-11-20T12:00:00Z',
            rows: [{ table: 'leads', row: 'leads|l1', columns: ['email', 'status'], values: { status: 'new' } }],
          },
        ],
      }),
      '/api/projections/leads/keys/l1/rebuild': () => ((matches = true), { rows: [] }),
    })
    const { wrapper } = await mountAt('/leads/l1', App, 'k')
    await wrapper.get('[data-testid=why]').trigger('click')
    await settled()
    expect(wrapper.get('[data-testid=why-differs]').text()).toContain('leads|l1 is changed: status')
    expect(wrapper.get('[data-testid=why-event]').text()).toContain('LeadCaptured')
    expect(wrapper.get('[data-testid=why-event]').text()).toContain('email · status: new')

    await wrapper.get('[data-testid=put-right]').trigger('click')
    await settled()
    expect(requests.some(({ url, init }) => url.pathname.endsWith('/rebuild') && init.method === 'POST')).toBe(true)
    expect(wrapper.find('[data-testid=why-matches]').exists()).toBe(true)
    wrapper.unmount()
  })
})

describe('moments', () => {
  it('goThroughTheFieldInTheZoneOfTheBrowser', () => {
    expect(toField(fromField('2026-11-20T13:14:15'))).toBe('2026-11-20T13:14:15')
    expect(fromField('2026-11-20T13:14:15')).toMatch(/:15\.999Z$/)
    expect(fromField('')).toBeNull()
    expect(asOfOf('2026-11-20T12:00:00Z')).toBe('2026-11-20T12:00:00.000Z')
    expect(asOfOf('soon')).toBeNull()
    expect(asOfOf(undefined)).toBeNull()
  })

  it('tellPersonalColumnsByName', () => {
    expect(changesOf({ table: 't', row: 'r', columns: ['email', 'won_at', 'crm_ids'], values: { won_at: null, crm_ids: { a: 'b' } } }))
      .toEqual(['email', 'won_at: —', 'crm_ids: {"a":"b"}'])
  })
})
