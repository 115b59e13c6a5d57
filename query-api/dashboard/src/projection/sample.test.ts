import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { useLive } from '../platform/live'
import { fakeServer, me, mountAt, problemResponse, settled, type Routes } from '../platform/testing'
import type { ProjectionView, Sample } from './projection'
import { chipOf, rowText, sampleText, type SampleReport } from './sample'
import { sampleProjection as live } from './sampleProjection'

const over: Sample = {
  id: 4, request_id: 9, asked_at: '2026-11-21T03:00:00Z', ended_at: '2026-11-21T03:00:20Z', wanted: 25, keys: 24, rows: 60,
  differing: 1, skipped: 1, reason: 'main_9: its first events are gone',
}
const running: Sample = { ...over, id: 5, request_id: 10, ended_at: null, keys: 0, rows: 0, differing: 0, skipped: 0, reason: null }
const found: SampleReport = {
  ...over,
  generation: 1,
  findings: [
    {
      key: 'main_7',
      rows: [
        { table: 'leads', row: 'main_7', kind: 'changed', columns: ['status', 'team'] },
        { table: 'lead_money', row: 'main_7', kind: 'missing', columns: [] },
      ],
    },
  ],
}

describe('samples on the projections page', () => {
  let wrapper: VueWrapper | null = null
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }))
  afterEach(() => {
    wrapper?.unmount()
    wrapper = null
    useLive().stop()
    vi.useRealTimers()
  })

  async function open(views: () => ProjectionView[], routes: Routes = {}, role = 'admin') {
    const requests = fakeServer({
      '/analytics/me': me(role),
      '/analytics/stream': () => problemResponse(403, {}),
      '/api/projections': views,
      ...routes,
    })
    const mounted = await mountAt('/projections', App, 'k')
    wrapper = mounted.wrapper
    const page = mounted.wrapper
    const sent = () => requests.filter(({ init }) => init.method === 'POST')
    const asked = () => requests.filter(({ url }) => url.pathname.endsWith('/samples'))
    return { page, sent, asked }
  }

  it('isAskedForWithANumberAndThenFollowed', async () => {
    let sample: Sample | null = null
    const { page, sent } = await open(() => [{ ...live, sample }], {
      '/api/projections/leads/verify': () => {
        sample = running
        return new Response(JSON.stringify({ request_id: 10, generation: 1 }), { status: 202 })
      },
    })
    expect(page.get('[data-testid=sample]').text()).toBe('No sample of it was compared yet.')
    await page.get('[data-testid=ask-sample]').trigger('click')
    const form = page.get('[data-testid=confirmation]')
    expect(form.get('h3').text()).toBe('Verify a sample of leads?')
    expect(form.text()).toContain('Nothing is made anew or changed')
    const keys = form.get('[data-testid=asked-keys]')
    await keys.setValue('5000')
    await form.trigger('submit')
    expect(form.get('[role=alert]').text()).toContain('from 1 to 1,000')
    expect(sent()).toHaveLength(0)
    await keys.setValue('40')
    await form.trigger('submit')
    await settled()
    expect(sent().map(({ url, init }) => [url.pathname, String(init.body)])).toEqual([
      ['/api/projections/leads/verify', '{"sample":40}'],
    ])
    expect(page.get('[data-testid=command-done]').text()).toContain('has begun')
    expect(page.get('[data-testid=sample]').text()).toContain('Comparing')
    sample = over
    await vi.advanceTimersByTimeAsync(2_000)
    expect(page.get('[data-testid=sample]').text()).toContain('Differs Sample of 24 keys, 60 rows: 1 key differs, 1 could not be compared')
  })

  it('tellsWhatDiffersKeyByKeyAndReadsItAgainWhenANewerOneIsOver', async () => {
    let sample: Sample = over
    let broken = true
    const { page, asked } = await open(() => [{ ...live, sample }], {
      '/api/projections/leads/samples': () => (broken ? problemResponse(503, { title: 'Postgres does not answer' }) : [found]),
    })
    const details = page.get('[data-testid=sample] details')
    ;(details.element as HTMLDetailsElement).open = true
    await details.trigger('toggle')
    await flushPromises()
    await settled()
    expect(page.get('[data-testid=samples] [data-testid=problem]').text()).toContain('Postgres does not answer')
    broken = false
    await page.get('[data-testid=samples] [data-testid=problem] button').trigger('click')
    await settled()
    expect(page.get('[data-testid=sample-row]').text()).toContain('main_9: its first events are gone')
    const key = page.get('[data-testid=sample-key]')
    expect(key.get('a').attributes('href')).toBe('/leads/main_7')
    expect(key.text()).toContain('leads main_7 differs in status, team')
    expect(key.text()).toContain('lead_money main_7 is missing')
    expect(page.get('[data-testid=samples]').text()).toContain('./headwater rebuild-key leads KEY')
    expect(asked()).toHaveLength(2)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked()).toHaveLength(2)
    sample = running
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked()).toHaveLength(3)
    sample = { ...running, ended_at: '2026-11-21T03:01:00Z' }
    await vi.advanceTimersByTimeAsync(2_000)
    expect(asked()).toHaveLength(4)
  })

  it('isToldToOtherKeysWithoutItsKeys', async () => {
    const { page } = await open(() => [{ ...live, sample: over }], {}, 'marketing')
    expect(page.get('[data-testid=sample]').text()).toContain('1 key differs')
    expect(page.find('[data-testid=sample] details').exists()).toBe(false)
    expect(page.find('[data-testid=ask-sample]').exists()).toBe(false)
  })

  it('isNotOfViewsThatAddUp', async () => {
    const { page } = await open(() => [{ ...live, name: 'traffic' }])
    expect(page.find('[data-testid=sample]').exists()).toBe(false)
    expect(page.find('[data-testid=ask-sample]').exists()).toBe(false)
  })
})

describe('a sample', () => {
  it.each([
    [{ ended_at: null }, 'Comparing'],
    [{}, 'Differs'],
    [{ differing: 0 }, 'Equal'],
    [{ differing: 0, keys: 0 }, 'Not compared'],
    [{ differing: 0, keys: 0, skipped: 0 }, 'Not compared'],
    [{ differing: 0, keys: 0, skipped: 0, reason: null }, 'Nothing there'],
  ])('isOneWord: %j', (change, label) => {
    expect(chipOf({ ...over, ...change }).label).toBe(label)
  })

  it('isToldInWords', () => {
    expect(sampleText(running)).toBe('Sample of at most 25 keys, not over yet')
    expect(sampleText({ ...over, keys: 1, rows: 1, differing: 0, skipped: 0 })).toBe('Sample of 1 key, 1 row')
    expect(sampleText({ ...over, differing: 2, skipped: 0 })).toBe('Sample of 24 keys, 60 rows: 2 keys differ')
    expect(rowText({ table: 'leads', row: 'a', kind: 'surplus', columns: [] })).toBe('was made by no event')
  })
})
