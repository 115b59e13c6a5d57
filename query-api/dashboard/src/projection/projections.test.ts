import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { useLive } from '../platform/live'
import { fakeServer, me, mountAt, problemResponse } from '../platform/testing'
import { healthOf, lagOf } from './projection'
import { sampleProjection as sample } from './sampleProjection'


describe('the projections page', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] }))
  afterEach(() => {
    useLive().stop()
    vi.useRealTimers()
  })

  it('showsLagAccountingAndPositionsAndReadsAgainEveryTwoSeconds', async () => {
    let lag = 3
    const requests = fakeServer({
      '/analytics/me': me('marketing'),
      '/analytics/stream': () => problemResponse(403, {}),
      '/api/projections': () => [{ ...sample, lag_records: lag }],
    })
    const { wrapper } = await mountAt('/projections', App, 'k')
    const row = wrapper.get('[data-testid=projection-row]')
    expect(row.attributes('data-projection')).toBe('leads')
    expect(row.text()).toContain('holds')
    expect(row.get('[data-testid=position-row]').text()).toContain('projectors-1')
    lag = 0
    await vi.advanceTimersByTimeAsync(2_000)
    expect(row.get('[data-testid=projection-lag]').text()).toBe('0')
    expect(requests.filter(({ url }) => url.pathname === '/api/projections')).toHaveLength(2)
    wrapper.unmount()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(requests.filter(({ url }) => url.pathname === '/api/projections')).toHaveLength(2)
  })
})

describe('healthOf', () => {
  it.each([
    [{}, 'Up to date'],
    [{ alive: false, health: 'STOPPED' }, 'No heartbeat'],
    [{ alive: false, state: 'FAILED' }, 'Failed'],
    [{ health: 'STOPPED' }, 'Stopped'],
    [{ health: 'CATCHING_UP', lag_age_ms: 20_000 }, 'Catching up'],
    [{ lag_age_ms: 20_000 }, 'Behind'],
    [{ accounting: { ...sample.accounting, parked: 1 } }, 'Records parked'],
    [{ accounting: { ...sample.accounting, holds: false }, alive: false }, 'Does not add up'],
  ])('names the most serious trouble: %j', (change, label) => {
    expect(healthOf({ ...sample, ...change }).label).toBe(label)
  })

  it('hasNoLagWhereTheEndIsUnknown', () => {
    expect(lagOf({ ...sample.positions[0]!, end_offset: null })).toBeNull()
    expect(lagOf(sample.positions[0]!)).toBe(3)
  })
})
