import { describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { safeNext } from '../router'
import { fakeServer, me, mountAt, problemResponse, settled } from './testing'

const overview = { total_leads: 7, leads_today: 1, total_submissions: 9, total_sessions: 3, total_events: 20 }

function server(keys: Record<string, string>) {
  return fakeServer({
    '/analytics/me': (_: URL, init: RequestInit) => {
      const key = (init.headers as Record<string, string>).Authorization!.replace('Bearer ', '')
      return keys[key] ? me(keys[key]) : problemResponse(401, { title: 'No valid key' })
    },
    '/analytics/overview': overview,
    '/api/projections': [],
    '/replay/sessions': { items: [], next_cursor: null },
    '/analytics/stream': () => problemResponse(503, {}),
  })
}

describe('signing in', () => {
  it('sendsWhoIsUnknownToTheSignInPageAndBack', async () => {
    server({ good: 'admin' })
    const { wrapper, router } = await mountAt('/projections', App)
    expect(router.currentRoute.value.fullPath).toBe('/sign-in?next=/projections')
    await wrapper.get('[data-testid=sign-in-key]').setValue(' good ')
    await wrapper.get('form').trigger('submit')
    await vi.waitFor(() => expect(router.currentRoute.value.path).toBe('/projections'), { timeout: 20_000 })
    expect(sessionStorage.getItem('headwater.key')).toBe('good')
    expect(localStorage.length).toBe(0)
    expect(wrapper.get('[data-testid=role]').text()).toBe('admin')
    wrapper.unmount()
  })

  it('saysClearlyThatAKeyIsNotAccepted', async () => {
    const requests = server({})
    const { wrapper } = await mountAt('/sign-in', App)
    await wrapper.get('[data-testid=sign-in-key]').setValue('wrong')
    await wrapper.get('form').trigger('submit')
    await settled()
    expect(wrapper.get('[data-testid=sign-in-error]').text()).toContain('not accepted')
    expect(sessionStorage.getItem('headwater.key')).toBeNull()
    await wrapper.get('[data-testid=sign-in-key]').setValue('kéy with spaces')
    await wrapper.get('form').trigger('submit')
    expect(requests).toHaveLength(1)
    wrapper.unmount()
  })

  it('staysSignedInOverAReloadAndLeavesWhenTheKeyIsRevoked', async () => {
    const keys: Record<string, string> = { good: 'admin' }
    server(keys)
    const { wrapper, router } = await mountAt('/sessions', App, 'good')
    expect(router.currentRoute.value.path).toBe('/sessions')
    fakeServer({ '/replay/sessions': () => problemResponse(401, { title: 'No valid key' }) })
    await wrapper.get('#session-sort').setValue('started_at_asc')
    await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('sign-in'), { timeout: 20_000 })
    await settled()
    expect(router.currentRoute.value.query.next).toBe('/sessions?sort=started_at_asc')
    expect(wrapper.get('[data-testid=sign-in-error]').text()).toContain('no longer accepted')
    expect(sessionStorage.getItem('headwater.key')).toBeNull()
    wrapper.unmount()
  })

  it('forgetsThePageOfWhoSignsOut', async () => {
    server({ good: 'admin' })
    const { wrapper, router } = await mountAt('/sessions?visitor_id=v1', App, 'good')
    await wrapper.get('[data-testid=sign-out]').trigger('click')
    await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('sign-in'), { timeout: 20_000 })
    await settled()
    expect(router.currentRoute.value.fullPath).toBe('/sign-in')
    wrapper.unmount()
  })

  it('explainsToMarketingWhatItDoesNotSee', async () => {
    const requests = server({ m: 'marketing' })
    const { wrapper } = await mountAt('/leads', App, 'm')
    expect(wrapper.get('[data-testid=role-notice]').text()).toContain('role marketing')
    expect(wrapper.get('nav').text()).not.toContain('Leads')
    expect(requests.some(({ url }) => url.pathname === '/analytics/leads')).toBe(false)
    wrapper.unmount()
  })

  it('neverLeadsToAnotherHost', () => {
    expect(safeNext('/leads?q=1')).toBe('/leads?q=1')
    for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', undefined, ['/a']]) {
      expect(safeNext(bad)).toBe('/')
    }
  })
})
