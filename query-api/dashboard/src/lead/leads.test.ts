import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { fakeServer, jsonResponse, me, mountAt, problemResponse, settled, type Routes } from '../platform/testing'
import { useLive } from '../platform/live'
import { sampleDetail, sampleLead } from './sampleLead'

function server(routes: Routes) {
  return fakeServer({
    '/analytics/me': me('admin'),
    '/analytics/leads/projects': [{ project: 'Harbour View', leads: 1 }],
    '/analytics/leads/sources': [],
    '/analytics/stream': () => new Response(stream.readable),
    ...routes,
  })
}

let stream: TransformStream<Uint8Array, Uint8Array>
let writer: WritableStreamDefaultWriter<Uint8Array>
beforeEach(() => {
  stream = new TransformStream()
  writer = stream.writable.getWriter()
})
afterEach(() => {
  useLive().stop()
  document.body.innerHTML = ''
})

async function say(event: string, data: unknown): Promise<void> {
  void writer.write(new TextEncoder().encode(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`))
  await settled()
}

describe('the page of a lead', () => {
  it('showsWhatSomebodyAgreedToAndWhatProvesIt', async () => {
    const consent = {
      consent_id: 's1:0', submission_id: 's1', name: 'calls', purposes: ['phone', 'sms'], granted: true,
      at: '2026-11-21T03:00:00Z', text: 'You may call me', text_hash: 'ab12', version: '3', ip: null, page: null,
      trusted_form_url: 'https://cert.trustedform.com/1', leadid_token: null,
      withdrawn_at: null as string | null, withdrawn_purposes: [] as string[],
    }
    const other = { ...consent, consent_id: 's1:1', granted: false, text: null, trusted_form_url: 'javascript:alert(1)' }
    const withdrawn = { ...consent, consent_id: 's1:2', withdrawn_at: '2026-11-22T03:00:00Z', withdrawn_purposes: ['sms'] }
    server({
      '/analytics/leads/l1': sampleDetail('l1', { consents: [consent, other, withdrawn] }),
      '/analytics/leads/l1/timeline': { items: [], next_cursor: null },
      '/analytics/settings': { pipeline: [], loss_reasons: [] },
    })
    const { wrapper } = await mountAt('/leads/l1', App, 'k')
    const rows = wrapper.findAll('[data-testid=consent-row]')
    expect(rows[0]!.text()).toContain('You may call me')
    expect(rows[0]!.text()).toContain('Phone, Sms')
    expect(rows[0]!.get('a').attributes('href')).toBe('https://cert.trustedform.com/1')
    expect(rows[1]!.text()).toContain('Not granted')
    expect(rows[1]!.find('a').exists()).toBe(false)
    expect(rows[0]!.text()).not.toContain('Withdrawn')
    expect(rows[2]!.text()).toContain('Withdrawn: Sms')
    wrapper.unmount()
  })

  it('savesAllThatIsKnownOfThePersonAsAFile', async () => {
    const saved = vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:1')
    vi.spyOn(URL, 'revokeObjectURL').mockReturnValue()
    const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      expect(this.download).toBe('lead-l1.json')
    })
    const requests = server({
      '/analytics/leads/l1': sampleDetail('l1', {}),
      '/analytics/leads/l1/timeline': { items: [], next_cursor: null },
      '/analytics/settings': { pipeline: [], loss_reasons: [] },
      '/admin/export/leads/l1': { complete: true },
    })
    const { wrapper } = await mountAt('/leads/l1', App, 'k')
    await wrapper.get('[data-testid=export]').trigger('click')
    await settled()
    expect(clicked).toHaveBeenCalledOnce()
    expect(await (saved.mock.calls[0]![0] as Blob).text()).toContain('"complete": true')
    expect(requests.at(-1)!.init.headers).toMatchObject({ Authorization: 'Bearer k' })
    wrapper.unmount()
    vi.restoreAllMocks()
  })
})

describe('a lead that is to be forgotten', () => {
  const lead = sampleDetail('l1', { erase_requested_at: '2026-11-21T03:00:00Z' })
  const routes: Routes = {
    '/analytics/leads/l1': lead,
    '/analytics/leads/l1/timeline': { items: [], next_cursor: null },
    '/analytics/settings': { pipeline: [], loss_reasons: [] },
  }

  it('saysWhenItBeginsAndCanBeWithdrawn', async () => {
    const forgetsAt = new Date(Date.now() + 7_200_000).toISOString()
    const requests = server({
      ...routes,
      '/admin/erasures/l1': { state: 'requested', requested_at: '2026-11-21T03:00:00Z', forgets_at: forgetsAt },
      '/analytics/leads/l1/withdraw-erasure': { lead_id: 'l1', outcome: 'changed' },
    })
    const { wrapper } = await mountAt('/leads/l1', App, 'k')
    expect(wrapper.get('[data-testid=erasure]').text()).toMatch(/in (2 h 00|1 h 59) min/)
    await wrapper.get('[data-testid=withdraw-erasure]').trigger('click')
    await settled()
    expect(requests.some(({ url }) => url.pathname.endsWith('/withdraw-erasure'))).toBe(true)
    expect(wrapper.get('[data-testid=command-done]').text()).toContain('not forgotten')
    wrapper.unmount()
  })

  it('canNotBeWithdrawnOnceItBegan', async () => {
    server({ ...routes, '/admin/erasures/l1': { state: 'destroyed', requested_at: '2026-11-21T03:00:00Z', forgets_at: null } })
    const { wrapper } = await mountAt('/leads/l1', App, 'k')
    expect(wrapper.get('[data-testid=erasure]').text()).toContain('being forgotten')
    expect(wrapper.find('[data-testid=withdraw-erasure]').exists()).toBe(false)
    wrapper.unmount()
  })
})

describe('the lead list', () => {
  it('asksForTheFiltersOfItsUrlAndPutsTheFormIntoIt', async () => {
    const requests = server({ '/analytics/leads': { items: [sampleLead('l1')], next_cursor: null } })
    const { wrapper, router } = await mountAt('/leads?source=website&sort=created_at_asc', App, 'k')
    const lists = () => requests.filter(({ url }) => url.pathname === '/analytics/leads').map(({ url }) => url.search)
    expect(lists()).toEqual(['?source=website&sort=created_at_asc&limit=50'])
    expect((wrapper.get('#filter-source').element as HTMLInputElement).value).toBe('website')
    await wrapper.get('#filter-country').setValue('SE')
    await wrapper.get('[data-testid=lead-filters]').trigger('submit')
    await settled()
    expect(router.currentRoute.value.query).toEqual({ source: 'website', country: 'SE', sort: 'created_at_asc' })
    expect(lists().at(-1)).toBe('?source=website&country=SE&sort=created_at_asc&limit=50')
    expect(wrapper.findAll('[data-testid=lead-row]').map((row) => row.attributes('data-lead-id'))).toEqual(['l1'])
    wrapper.unmount()
  })

  it('loadsMoreByCursor', async () => {
    server({
      '/analytics/leads': (url: URL) =>
        url.searchParams.get('cursor') === 'c2'
          ? { items: [sampleLead('l2')], next_cursor: null }
          : { items: [sampleLead('l1')], next_cursor: 'c2' },
    })
    const { wrapper } = await mountAt('/leads?sort=created_at_asc', App, 'k')
    await wrapper.get('[data-testid=load-more]').trigger('click')
    await settled()
    expect(wrapper.findAll('[data-testid=lead-row]')).toHaveLength(2)
    expect(wrapper.find('[data-testid=load-more]').exists()).toBe(false)
    wrapper.unmount()
  })

  it('showsALeadThatArrives', async () => {
    let items = [sampleLead('l1')]
    server({ '/analytics/leads': () => jsonResponse({ items, next_cursor: null }) })
    const { wrapper } = await mountAt('/leads', App, 'k')
    items = [sampleLead('l2'), ...items]
    await say('lead', sampleLead('l2'))
    await vi.waitFor(() => expect(wrapper.findAll('[data-testid=lead-row]')).toHaveLength(2), { timeout: 20_000 })
    expect(wrapper.get('[data-lead-id=l2]').classes()).toContain('fresh')
    wrapper.unmount()
  })

  it('onlyTellsOfNewLeadsWhereTheOrderHasAnotherPlaceForThem', async () => {
    server({ '/analytics/leads': { items: [sampleLead('l1')], next_cursor: null } })
    const { wrapper } = await mountAt('/leads?sort=engagement_score_desc', App, 'k')
    expect(wrapper.text()).not.toContain('New leads arrived')
    await say('lead', sampleLead('l2'))
    expect(wrapper.text()).toContain('New leads arrived')
    expect(wrapper.findAll('[data-testid=lead-row]')).toHaveLength(1)
    wrapper.unmount()
  })

  it('saysWhenNothingMatchesAndShowsWhatIsWrong', async () => {
    server({
      '/analytics/leads': (url: URL) =>
        url.searchParams.has('email')
          ? problemResponse(400, { title: 'Not valid', errors: [{ field: 'email', message: 'is no address' }] })
          : { items: [], next_cursor: null },
    })
    const { wrapper, router } = await mountAt('/leads?country=XX', App, 'k')
    expect(wrapper.get('[data-testid=no-leads]').text()).toContain('No lead matches')
    await router.push('/leads?email=x')
    await settled()
    expect(wrapper.get('[data-testid=problem]').text()).toContain('Not valid')
    expect(wrapper.get('#filter-email-error').text()).toBe('is no address')
    wrapper.unmount()
  })
})

describe('the page of a lead', () => {
  it('showsItsFieldsAndShowsMarkupAsText', async () => {
    const evil = '<img src=x onerror=alert(1)>'
    const detail = sampleDetail('l1', { first_name: evil, message: evil, page_url: 'javascript:alert(1)' })
    server({ '/analytics/leads/l1': detail })
    const { wrapper } = await mountAt('/leads/l1', App, 'k')
    expect(wrapper.get('[data-testid=lead-email]').text()).toBe('l1@example.org')
    expect(wrapper.get('[data-testid=lead-score]').text()).toBe('52')
    expect(wrapper.text()).toContain(evil)
    expect(wrapper.find('main img').exists()).toBe(false)
    expect(wrapper.findAll('a').map((a) => a.attributes('href')).join()).not.toContain('javascript:')
    wrapper.unmount()
  })

  it('saysThatALeadIsUnknown', async () => {
    server({ '/analytics/leads/l9': () => problemResponse(404, { title: 'No such lead' }) })
    const { wrapper } = await mountAt('/leads/l9', App, 'k')
    expect(wrapper.get('[data-testid=problem]').text()).toContain('No such lead')
    wrapper.unmount()
  })
})
