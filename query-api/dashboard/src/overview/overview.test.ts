import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { sampleLead } from '../lead/sampleLead'
import { useLive } from '../platform/live'
import { fakeServer, jsonResponse, me, mountAt, settled, type Routes } from '../platform/testing'

const accounting = { received: 10, accepted: 5, duplicate: 1, blocked: 1, test: 1, refused: 1, quarantined: 1, in_flight: 0, holds: true, undecided_since: null, by_source: [], projections: [] }
let writer: WritableStreamDefaultWriter<Uint8Array>
let stream: TransformStream<Uint8Array, Uint8Array>

function server(role: string, routes: Routes = {}) {
  return fakeServer({
    '/analytics/me': me(role),
    '/analytics/overview': {
      total_leads: 5, leads_today: 1, total_submissions: 10, total_sessions: 3, total_events: 20,
      unique_visitors: 2, unique_fingerprints: 2, avg_engagement_score: null, avg_session_duration_s: null,
    },
    '/analytics/leads': { items: [sampleLead('l1')], next_cursor: null },
    '/analytics/leads/volume': [],
    '/analytics/sessions/daily': [],
    '/analytics/realtime': { active_sessions_5m: 1, active_sessions_30m: 2, events_5m: 3, leads_5m: 0, leads_30m: 1, top_pages: [] },
    '/analytics/sources': [{ source: 'website', sessions: 3, leads: 1 }],
    '/analytics/engagement': [],
    '/analytics/geo': [{ country: null, sessions: 1, unique_visitors: 1 }],
    '/analytics/pages/top': [],
    '/api/accounting': accounting,
    '/analytics/stream': () => new Response(stream.readable),
    ...routes,
  })
}

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

describe('the overview', () => {
  it('showsALeadAndCountersThatArriveWithoutAskingAgain', async () => {
    server('admin')
    const { wrapper } = await mountAt('/', App, 'k')
    expect(wrapper.get('[data-testid=live-indicator]').attributes('data-state')).toBe('live')
    expect(wrapper.get('[data-testid=total-leads]').text()).toBe('5')
    await say('lead', sampleLead('l2', { created_at: '2026-11-21T04:00:00Z' }))
    await say('counters', { total_leads: 6, leads_today: 2, total_submissions: 11, total_sessions: 3, total_events: 21, active_sessions_5m: 4, as_of: '2026-11-21T04:00:00Z' })
    const ids = wrapper.findAll('[data-testid=newest-lead]').map((row) => row.attributes('data-lead-id'))
    expect(ids).toEqual(['l2', 'l1'])
    expect(wrapper.get('[data-testid=total-leads]').text()).toBe('6')
    wrapper.unmount()
  })

  it('listsALeadOnceThatIsReportedTwice', async () => {
    server('admin')
    const { wrapper } = await mountAt('/', App, 'k')
    await say('lead', sampleLead('l1', { first_name: 'Changed' }))
    expect(wrapper.findAll('[data-testid=newest-lead]')).toHaveLength(1)
    expect(wrapper.get('[data-testid=newest-lead]').text()).toContain('Changed')
    wrapper.unmount()
  })

  it('showsTheLaterOfWhatWasToldAndWhatWasRead', async () => {
    server('admin') // answers of this server are of 03:00
    const { wrapper } = await mountAt('/', App, 'k')
    const told = { total_leads: 4, leads_today: 0, total_submissions: 9, total_sessions: 3, total_events: 20, active_sessions_5m: 4 }
    await say('counters', { ...told, as_of: '2026-11-21T02:59:00Z' })
    expect(wrapper.get('[data-testid=total-leads]').text()).toBe('5')
    await say('counters', { ...told, total_leads: 6, as_of: '2026-11-21T03:01:00Z' })
    expect(wrapper.get('[data-testid=total-leads]').text()).toBe('6')
    await writer.close()
    await settled()
    expect(useLive().counters).toBeNull()
    expect(wrapper.get('[data-testid=total-leads]').text()).toBe('5')
    wrapper.unmount()
  })

  it('showsTheScoreThatALeadGetsSoonAfterItArrived', async () => {
    const lead = sampleLead('l2', { created_at: '2026-11-21T04:00:00Z' })
    let items = [sampleLead('l1')]
    server('admin', { '/analytics/leads': () => ({ items, next_cursor: null }) })
    const { wrapper } = await mountAt('/', App, 'k')
    items = [lead, ...items]
    await say('lead', { ...lead, engagement_score: null, engagement_label: null })
    expect(wrapper.get('[data-lead-id=l2]').text()).not.toContain('52')
    await vi.waitFor(() => expect(wrapper.get('[data-lead-id=l2]').text()).toContain('52'), { timeout: 20_000 })
    wrapper.unmount()
  })

  it('saysSinceWhenSubmissionsWait', async () => {
    server('admin', { '/api/accounting': { ...accounting, received: 12, in_flight: 2, undecided_since: '2026-11-21T02:00:00Z' } })
    const { wrapper } = await mountAt('/', App, 'k')
    const tile = wrapper.get('[data-testid=accounting-tile]')
    expect(tile.attributes('data-holds')).toBe('true')
    expect(tile.text()).toContain('undecided since')
    expect(tile.text()).not.toContain('lost')
    wrapper.unmount()
  })

  it('showsNoOldRowsUnderANewLabel', async () => {
    const row = { bucket: new Date().toISOString(), key: 'website', submissions: 3, accepted: 3, duplicate: 0, blocked: 0, test: 0, refused: 0, quarantined: 0, leads: 3 }
    const answers: (() => void)[] = []
    server('admin', {
      '/analytics/leads/volume': (url: URL) =>
        url.searchParams.get('by') === 'source'
          ? [row]
          : new Promise((answer) => answers.push(() => answer(jsonResponse([{ ...row, key: 'SE' }])))),
    })
    const { wrapper, router } = await mountAt('/', App, 'k')
    await router.push('/?by=country')
    await settled()
    const legend = () => wrapper.get('[data-testid=volume-panel] .legend')
    expect([legend().attributes('aria-label'), legend().text()]).toEqual(['Totals by source', expect.stringContaining('website')])
    answers.forEach((answer) => answer())
    await settled()
    expect([legend().attributes('aria-label'), legend().text()]).toEqual(['Totals by country', expect.stringContaining('SE')])
    expect(wrapper.get('[data-testid=volume-total]').text()).toContain('3 submissions since')
    wrapper.unmount()
  })

  it('showsAtAGlanceWhetherTheAccountingHolds', async () => {
    server('admin')
    const good = await mountAt('/', App, 'k')
    expect(good.wrapper.get('[data-testid=accounting-tile]').attributes('data-holds')).toBe('true')
    good.wrapper.unmount()
    server('admin', { '/api/accounting': { ...accounting, received: 12, in_flight: 2, holds: false } })
    const bad = await mountAt('/', App, 'k')
    const tile = bad.wrapper.get('[data-testid=accounting-tile]')
    expect(tile.attributes('data-holds')).toBe('false')
    expect(tile.text()).toContain('differ by 2')
    bad.wrapper.unmount()
  })

  it('saysWhichProjectionIsDeadOrDoesNotAddUp', async () => {
    const well = { name: 'leads', read: 5, applied: 5, parked: 0, skipped: 0, fenced: 2, holds: true, alive: true }
    server('admin', {
      '/api/accounting': { ...accounting, projections: [well, { ...well, name: 'traffic', fenced: 1, alive: false }] },
    })
    const dead = await mountAt('/', App, 'k')
    const tile = dead.wrapper.get('[data-testid=accounting-tile]')
    expect(tile.attributes('data-holds')).toBe('true')
    expect(tile.text()).toContain('projection dead')
    expect(tile.text()).toContain('3 writes of former owners refused')
    expect(tile.findAll('[data-testid=projection-trouble]').map((one) => one.text())).toEqual([
      'traffic is dead: it has said nothing for ten seconds.',
    ])
    dead.wrapper.unmount()
    server('admin', { '/api/accounting': { ...accounting, holds: false, projections: [well, { ...well, name: 'traffic', applied: 4, holds: false }] } })
    const lost = await mountAt('/', App, 'k')
    expect(lost.wrapper.get('[data-testid=accounting-tile]').text()).toContain('traffic: what was read is not')
    expect(lost.wrapper.get('[data-testid=accounting-tile]').text()).not.toContain('The two sides')
    lost.wrapper.unmount()
  })

  it('asksForTheVolumeOfItsUrlInTheZoneOfTheBrowser', async () => {
    const requests = server('admin')
    const { wrapper } = await mountAt('/?range=30d&by=country&grain=week', App, 'k')
    const asked = requests.find(({ url }) => url.pathname === '/analytics/leads/volume')!.url.searchParams
    expect(Object.fromEntries(asked)).toMatchObject({ grain: 'week', by: 'country' })
    expect(asked.get('zone')).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone)
    wrapper.unmount()
  })

  it('givesMarketingCountersButNoNames', async () => {
    const requests = server('marketing')
    const { wrapper } = await mountAt('/', App, 'k')
    expect(wrapper.find('[data-testid=newest-leads]').exists()).toBe(false)
    expect(wrapper.get('[data-testid=role-notice]').text()).toContain('live list of new leads')
    expect(requests.some(({ url }) => url.pathname === '/analytics/leads')).toBe(false)
    wrapper.unmount()
  })
})

describe('the live stream', () => {
  it('givesItsConnectionBackAndResumesWhereItWas', async () => {
    const requests = server('admin', { '/analytics/stream': () => new Response('id: c5\nevent: lead\ndata: {}\n\n') })
    const { wrapper } = await mountAt('/projections', App, 'k')
    window.dispatchEvent(new Event('pagehide'))
    expect(useLive().state).toBe('stopped')
    window.dispatchEvent(new Event('pageshow'))
    await vi.waitFor(() => {
      const streams = requests.filter(({ url }) => url.pathname === '/analytics/stream')
      expect(streams).toHaveLength(2)
      expect(streams[1]!.init.headers).toMatchObject({ 'Last-Event-ID': 'c5' })
    }, { timeout: 20_000 })
    wrapper.unmount()
  })
})
