import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { useLive } from '../platform/live'
import { fakeServer, jsonResponse, me, mountAt, problemResponse, settled, type Routes } from '../platform/testing'
import type { ProjectionView } from './projection'
import { announcementOf, differenceText, groupsOf, offersOf, progressText, shareOf, verdictOf } from './rebuild'
import { sampleProjection as live, sampleRebuild as rebuild } from './sampleProjection'

const former: ProjectionView = { ...live, generation: 1, state: 'RETIRING', retire_at: '2026-11-22T03:00:00Z' }
const next: ProjectionView = { ...live, generation: 2 }
const failed: ProjectionView = {
  ...rebuild, state: 'FAILED', reason: '1 row differs', progress: null,
  verification: { report_id: 5, at: '2026-11-21T03:00:00Z', against: 1, equal: false, rows: 1_200, differences: 1 },
}
const report = {
  generation: 2, against: 1, equal: false, rows: 1_200, taken_at: '2026-11-21T03:00:00Z', refused_because: '1 row differs',
  tables: [
    {
      table: 'leads', rows: { live: 100, candidate: 99 }, equal: false, ignored_columns: ['country'],
      differences: { total: 1, listed: [{ key: 'main_7', kind: 'changed', columns: ['status', 'team'] }] },
    },
    { table: 'lead_money', rows: { live: 5, candidate: 5 }, equal: true, ignored_columns: [], differences: { total: 0, listed: [] } },
  ],
}

describe('rebuilds on the projections page', () => {
  let wrapper: VueWrapper | null = null
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }))
  afterEach(() => {
    wrapper?.unmount()
    wrapper = null
    useLive().stop()
    vi.useRealTimers()
  })

  async function open(views: () => ProjectionView[], role = 'admin', routes: Routes = {}) {
    const requests = fakeServer({
      '/analytics/me': me(role),
      '/analytics/stream': () => problemResponse(403, {}),
      '/api/projections': views,
      ...routes,
    })
    const mounted = await mountAt('/projections', App, 'k')
    wrapper = mounted.wrapper
    const page = mounted.wrapper
    const posts = () => requests.filter(({ init }) => init.method === 'POST')
    return { page, posts, requests }
  }

  it('followsARebuildAndAnnouncesItByTenths', async () => {
    const at = (done: number) => [live, { ...rebuild, progress: { ...rebuild.progress!, done } }]
    let views: ProjectionView[] = at(300)
    const { page } = await open(() => views, 'marketing')
    expect(page.findAll('[data-testid=projection-row]')).toHaveLength(2)
    const shown = page.get('[data-testid=rebuild-progress]')
    expect(shown.get('progress').attributes('value')).toBe(String(1 / 3))
    expect(shown.text()).toContain('300 of 900 records · 100 /s · 6 s left')
    const heard = () => page.findAll('[data-testid=announcement]')[1]!.text()
    expect(heard()).toBe('leads generation 2: backfill, 30 %')
    views = at(310)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(shown.text()).toContain('310 of 900')
    expect(heard()).toBe('leads generation 2: backfill, 30 %')
    views = at(460)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(heard()).toBe('leads generation 2: backfill, 50 %')
    views = [{ ...live, state: 'RETIRING' }, { ...live, generation: 2 }]
    await vi.advanceTimersByTimeAsync(2_000)
    expect(page.get('[data-testid=announcement]').text()).toBe('leads generation 2: live')
  })

  it('offersNothingToOtherKeys', async () => {
    const { page } = await open(() => [live, failed], 'marketing')
    expect(page.find('[data-testid=ask-rebuild]').exists()).toBe(false)
    expect(page.get('[data-testid=verification]').text()).toContain('Differs from generation 1 in 1 row')
    expect(page.find('[data-testid=verification] details').exists()).toBe(false)
  })

  it('saysWhatWillHappenBeforeItAsks', async () => {
    let views = [live]
    const { page, posts } = await open(() => views, 'admin', {
      '/api/projections/leads/rebuild': () => {
        views = [live, rebuild]
        return new Response(JSON.stringify({ request_id: 1, generation: 2 }), { status: 202 })
      },
    })
    await page.get('[data-testid=ask-rebuild]').trigger('click')
    const form = page.get('[data-testid=confirmation]')
    expect(document.activeElement).toBe(form.element)
    expect(form.text()).toContain('beside generation 1, which readers go on seeing')
    expect(posts()).toHaveLength(0)
    const [rate, expected] = form.findAll('input')
    await rate!.setValue('fast')
    await form.trigger('submit')
    expect(form.get('[role=alert]').text()).toContain('whole number above 0')
    await rate!.setValue('500')
    await expected!.setValue('leads.country, lead_money')
    await form.get('[data-testid=asked-from]').setValue('archive')
    expect(form.text()).toContain('what retention took from the topics')
    await form.trigger('submit')
    await settled()
    expect(posts().map(({ url, init }) => [url.pathname, JSON.parse(String(init.body))])).toEqual([
      ['/api/projections/leads/rebuild', { from: 'archive', max_rate: 500, expected: ['leads.country', 'lead_money'] }],
    ])
    expect(page.find('[data-testid=confirmation]').exists()).toBe(false)
    expect(page.get('[data-testid=command-done]').text()).toBe('The rebuild has begun.')
    expect(page.find('[data-testid=rebuild-progress]').exists()).toBe(true)
    expect(page.get('[data-testid=ask-verify]').attributes('disabled')).toBeDefined()
  })

  it('asksNothingWhenOneLeaves', async () => {
    const { page, posts } = await open(() => [live])
    const button = page.get('[data-testid=ask-verify]')
    await button.trigger('click')
    await page.get('[data-testid=confirmation]').trigger('keydown', { key: 'Escape' })
    expect(page.find('[data-testid=confirmation]').exists()).toBe(false)
    expect(document.activeElement).toBe(button.element)
    expect(posts()).toHaveLength(0)
  })

  it('rollsBackAndRetires', async () => {
    const accepted = () => new Response('{"request_id":1}', { status: 202 })
    const { page, posts } = await open(() => [former, next], 'admin', {
      '/api/projections/leads/rollback': accepted,
      '/api/projections/leads/retire': accepted,
    })
    await page.get('[data-testid=ask-rollback]').trigger('click')
    expect(page.get('[data-testid=confirmation]').text()).toContain('Readers see generation 1 of leads at once, instead of generation 2')
    await page.get('[data-testid=confirmation]').trigger('submit')
    await settled()
    await page.get('[data-testid=ask-retire]').trigger('click')
    await page.get('[data-testid=confirmation] select').setValue('1')
    await page.get('[data-testid=confirmation]').trigger('submit')
    await settled()
    expect(posts().map(({ url, init }) => [url.pathname.split('/').at(-1), String(init.body)])).toEqual([
      ['rollback', '{}'],
      ['retire', '{"generation":1}'],
    ])
  })

  it('givesUpARebuildOnlyByItsNumber', async () => {
    const { page, posts } = await open(() => [live, rebuild], 'admin', {
      '/api/projections/leads/retire': () => new Response('{"request_id":1}', { status: 202 }),
    })
    await page.get('[data-testid=ask-retire]').trigger('click')
    expect(page.findAll('[data-testid=confirmation] option').map((one) => one.text())).toEqual(['generation 2'])
    await page.get('[data-testid=confirmation]').trigger('submit')
    await settled()
    expect(posts().map(({ init }) => String(init.body))).toEqual(['{"generation":2}'])
  })

  it('namesTheRuleOfARefusal', async () => {
    const { page } = await open(() => [live], 'admin', {
      '/api/projections/leads/verify': () =>
        problemResponse(409, { type: '/problems/rebuild-running', title: 'A rebuild is running', detail: 'Generation 2 is on its way.' }),
    })
    await page.get('[data-testid=ask-verify]').trigger('click')
    await page.get('[data-testid=confirmation]').trigger('submit')
    await settled()
    expect(page.get('[data-testid=command-refused]').text()).toContain('Generation 2 is on its way.')
    expect(page.find('[data-testid=confirmation]').exists()).toBe(true)
  })

  it('showsAReportByTableAndKey', async () => {
    let broken = true
    const { page } = await open(() => [live, failed], 'admin', {
      '/api/projections/leads/generations/2/report': () => (broken ? problemResponse(503, { title: 'Postgres does not answer' }) : report),
    })
    await toggle(page, '[data-testid=verification] details')
    expect(page.get('[data-testid=report] [data-testid=problem]').text()).toContain('Postgres does not answer')
    broken = false
    await page.get('[data-testid=report] [data-testid=problem] button').trigger('click')
    await settled()
    const rows = page.findAll('[data-testid=report-table]').map((row) => row.text())
    expect(rows[0]).toContain('country')
    expect(rows[1]).toContain('equal')
    expect(page.get('[data-testid=report-key]').text()).toBe('main_7 differs in status, team')
  })

  it('tellsTheHistoryInPages', async () => {
    const step = (id: number) => ({
      id, generation: 2, from_state: id > 1 ? 'PLANNED' : null, to_state: 'BACKFILL', reason: `reason ${id}`, actor: 'key:admin', at: '2026-11-21T03:00:00Z',
    })
    const { page } = await open(() => [live], 'marketing', {
      '/api/projections/leads/history': (url: URL) =>
        jsonResponse(url.searchParams.get('cursor') ? { items: [step(1)], next_cursor: null } : { items: [step(2)], next_cursor: '2' }),
    })
    await toggle(page, '[data-testid=projection-group] > details:last-of-type')
    expect(page.get('[data-testid=history-step]').text()).toContain('Planned → Backfill by key:admin')
    await page.get('[data-testid=load-more]').trigger('click')
    await settled()
    expect(page.findAll('[data-testid=history-step]').map((row) => row.text().match(/reason \d/)?.[0])).toEqual(['reason 2', 'reason 1'])
  })

  it('saysWhenThereIsNothing', async () => {
    const { page } = await open(() => [])
    expect(page.text()).toContain('No projection has reported yet.')
  })
})

async function toggle(page: VueWrapper, selector: string): Promise<void> {
  const details = page.get(selector)
  ;(details.element as HTMLDetailsElement).open = true
  await details.trigger('toggle')
  await flushPromises()
  await settled()
}

describe('generations', () => {
  it('areGroupedTheLiveOneFirst', () => {
    const groups = groupsOf([former, next, { ...failed, generation: 3 }, { ...live, name: 'sessions' }])
    expect(groups.map(({ name, generations }) => [name, ...generations.map((one) => one.generation)])).toEqual([
      ['leads', 2, 3, 1],
      ['sessions', 1],
    ])
  })

  it('areSampledOnlyWhereRowsHaveKeysAndSomethingIsLive', () => {
    const offered = (name: string, generations: ProjectionView[]) =>
      offersOf({ name, generations }).find((offer) => offer.action === 'sample')
    expect(offered('traffic', [live])).toBeUndefined()
    expect(offered('sessions', [failed])?.obstacle).toBe('There is no live generation.')
  })

  it.each([
    [[live], { rebuild: true, verify: true, sample: true, rollback: false, retire: false }],
    [[live, rebuild], { rebuild: false, verify: false, sample: true, rollback: false, retire: true }],
    [[former, next], { rebuild: true, verify: true, sample: true, rollback: true, retire: true }],
    [[live, { ...former, generation: 2, purpose: 'verify' }], { rebuild: true, verify: true, sample: true, rollback: false, retire: true }],
  ])('offerWhatMakesSense', (generations, possible) => {
    const offers = offersOf({ name: 'leads', generations })
    expect(Object.fromEntries(offers.map((offer) => [offer.action, offer.obstacle === null]))).toEqual(possible)
  })

  it('tellHowFarTheyAre', () => {
    const unknown = { ...rebuild, state: 'PLANNED', progress: { done: 0, total: 0, per_second: null, eta_seconds: null } }
    expect(shareOf(unknown)).toBeNull()
    expect(announcementOf(unknown)).toBe('leads generation 2: planned')
    expect(progressText({ ...unknown, rate_limit: 50 })).toBe('0 of 0 records · limited to 50 /s')
    expect(progressText({ ...unknown, step: 'handing_over' })).toBe('0 of 0 records · handing over')
    expect(announcementOf({ ...rebuild, state: 'CATCHING_UP' })).toBe('leads generation 2: catching up, 30 %')
  })

  it('differInWords', () => {
    const verification = failed.verification!
    expect(verdictOf({ ...verification, equal: true })).toBe('Equal to generation 1: 1,200 rows')
    expect(verdictOf({ ...verification, differences: 0 })).toBe('Not equal to generation 1, though no row differs')
    expect(differenceText({ key: 'a', kind: 'only-live', columns: [] })).toBe('missing in the new one')
    expect(differenceText({ key: 'a', kind: 'only-candidate', columns: [] })).toBe('only in the new one')
    expect(differenceText({ key: 'a', kind: 'changed', columns: ['x'] })).toBe('differs in x')
  })
})
