import { afterEach, describe, expect, it, vi } from 'vitest'
import App from '../App.vue'
import { useLive } from '../platform/live'
import { fakeServer, jsonResponse, me, mountAt, problemResponse, settled, type Routes } from '../platform/testing'

const PROVIDERS = [
  { name: 'google-ads', schemes: [{ name: 'google-key', generated: true, in_url: false }], retries: true },
  { name: 'jotform', schemes: [{ name: 'secret-url', generated: true, in_url: true }], retries: true },
]

const SOURCE = {
  id: 's1',
  site_id: 'main',
  name: 'Ads',
  provider: 'google-ads',
  url: 'https://leads.example/webhooks/google-ads/s1',
  signature: {
    scheme: 'google-key',
    secrets: [
      { id: 'new', prefix: 'sha256:0a', added_at: '2026-11-21T03:00:00Z', expires_at: null },
      { id: 'old', prefix: 'sha256:0b', added_at: '2026-11-01T03:00:00Z', expires_at: '2026-11-22T03:00:00Z' },
    ],
  },
  duplicate_window: 'PT0S',
  repeat_window: 'PT10M',
  limits: { per_minute: null, per_day: null },
  created_at: '2026-11-01T03:00:00Z',
  created_by: 'admin',
}

function server(routes: Routes) {
  return fakeServer({
    '/analytics/me': me('admin'),
    '/analytics/stream': () => new Response(new TransformStream().readable),
    '/analytics/sites': [{ site_id: 'main', name: 'Main' }],
    '/admin/providers': PROVIDERS,
    ...routes,
  })
}

const bodyOf = (init: RequestInit): unknown => JSON.parse(String(init.body))

afterEach(() => {
  useLive().stop()
  document.body.innerHTML = ''
})

describe('a new source', () => {
  it('isMadeAndShowsItsUrlAndSecretOnce', async () => {
    const requests = server({ '/admin/sources': { ...SOURCE, secret: 'k-123' } })
    const { wrapper } = await mountAt('/sources/new', App, 'k')
    await wrapper.get('[name=provider]').setValue('google-ads')
    await wrapper.get('[data-testid=new-source]').trigger('submit')
    await settled()
    const post = requests.find(({ init }) => init.method === 'POST')
    expect(bodyOf(post!.init)).toEqual({ site_id: 'main', provider: 'google-ads', signature: { scheme: 'google-key' } })
    expect(wrapper.get('[data-testid=source-url]').text()).toBe(SOURCE.url)
    expect(wrapper.get('[data-testid=source-secret]').text()).toBe('k-123')
    expect(wrapper.find('[data-testid=new-source]').exists()).toBe(false)
  })

  it('tellsAnErrorAtItsField', async () => {
    const errors = [{ field: 'signature.secrets[0]', message: 'is too short' }]
    server({ '/admin/sources': () => problemResponse(400, { title: 'Bad request', errors }) })
    const { wrapper } = await mountAt('/sources/new', App, 'k')
    await wrapper.get('[name=provider]').setValue('google-ads')
    await wrapper.get('[name=secret]').setValue('x')
    await wrapper.get('[data-testid=new-source]').trigger('submit')
    await settled()
    const secret = wrapper.get('[name=secret]')
    expect(secret.attributes('aria-invalid')).toBe('true')
    const described = secret.attributes('aria-describedby')!.split(' ').map((id) => document.getElementById(id)?.textContent)
    expect(described).toContain('is too short')
  })
})

describe('a source', () => {
  it('changesItsSecretsAndIsRemovedOnlyWhenThatIsConfirmed', async () => {
    const requests = server({
      '/admin/sources/s1': SOURCE,
      '/admin/sources/s1/secrets': { ...SOURCE, secret: 'k-456' },
      '/admin/sources/s1/secrets/old': () => jsonResponse({ id: 'old' }),
      '/admin/sources': [],
      '/analytics/webhooks/health': [],
    })
    const { wrapper, router } = await mountAt('/sources/s1', App, 'k')
    await wrapper.get('#grace').setValue('2')
    await wrapper.get('#grace').element.closest('form')!.dispatchEvent(new Event('submit'))
    await settled()
    expect(wrapper.get('[data-testid=source-secret]').text()).toBe('k-456')
    await wrapper.findAll('[data-testid=secret-row] button')[1]!.trigger('click')
    await settled()
    const remove = wrapper.get('[data-testid=remove-source]')
    expect(remove.attributes('disabled')).toBeDefined()
    await wrapper.get('input[type=checkbox]').setValue(true)
    await remove.trigger('click')
    await settled()
    const writes = requests.filter(({ init }) => init.method && init.method !== 'GET')
    expect(writes.map(({ url, init }) => `${init.method} ${url.pathname}`)).toEqual([
      'POST /admin/sources/s1/secrets',
      'DELETE /admin/sources/s1/secrets/old',
      'DELETE /admin/sources/s1',
    ])
    expect(bodyOf(writes[0]!.init)).toEqual({ grace: 'PT2H' })
    // The page is loaded when it is gone to, which takes a busy machine seconds.
    await vi.waitFor(() => expect(router.currentRoute.value.name).toBe('sources'), { timeout: 20_000 })
  }, 30_000)
})
