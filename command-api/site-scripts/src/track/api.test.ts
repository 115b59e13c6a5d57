import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answer, clean, ENDPOINT, fakeServer, standard } from '../fake-server'

type Server = ReturnType<typeof fakeServer>

const sessions: NonNullable<typeof window.PulseGateSession>[] = []

/** As a page does that embeds it. */
async function embedded(attributes: Record<string, string> = {}, script = '../tracker') {
  vi.resetModules()
  delete window.PulseGateSession
  delete window.PulseGate
  const element = document.createElement('script')
  for (const [name, value] of Object.entries({ src: `${ENDPOINT}/tracker.js`, ...attributes })) {
    element.setAttribute(name, value)
  }
  element.nonce = attributes.nonce ?? ''
  Object.defineProperty(document, 'currentScript', { configurable: true, value: element })
  await import(/* @vite-ignore */ script)
  const session = window.PulseGateSession!
  sessions.push(session)
  return session
}

const pass = (millis = 1000) => vi.advanceTimersByTimeAsync(millis)
const types = (server: Server) => server.events().map(({ event_type }) => event_type)
const stored = () => [...Object.keys(localStorage), ...Object.keys(sessionStorage)].sort()
const navigatorHas = (name: string, value: unknown) => Object.defineProperty(navigator, name, { configurable: true, value })

describe('PulseGateSession', () => {
  let server: Server
  let recorders: HTMLScriptElement[]

  beforeEach(() => {
    vi.useFakeTimers()
    clean()
    server = fakeServer((path) => (path.startsWith('/track/config') ? answer(200, { recordSession: true }) : standard(path)))
    recorders = []
    delete window.PulseGateRecorder
    vi.spyOn(document.head, 'append').mockImplementation((script) => {
      recorders.push(script as HTMLScriptElement)
    })
  })

  afterEach(() => {
    sessions.splice(0).forEach((session) => session.consent(false))
    navigatorHas('doNotTrack', null)
    navigatorHas('globalPrivacyControl', false)
  })

  it('tracks from init on, with the origin of the script unless it is told another', async () => {
    const session = await embedded()
    session.trackEvent('too_early')
    session.init()
    session.init({ endpoint: 'https://other.test' })
    await pass()
    session.trackEvent('signup', { plan: 'pro', password: 'p' })
    await session.flush()

    expect(types(server)).toEqual(['page_view', 'signup', 'engagement'])
    expect(server.events()[1]!.data).toEqual({ plan: 'pro', password: '********' })
    expect(session.ids()).toMatchObject({ session_id: 's-1', visitor_id: 'v-1' })
  })

  it('needs no call where the page names the site in the script', async () => {
    await embedded({ 'data-site-key': 'pk_site' })
    await pass()

    expect(server.of('/track/session/start')[0]!.body.site_key).toBe('pk_site')
    expect(server.of('/track/config?siteKey=pk_site')).toHaveLength(1)
  })

  it('tracks once where it is embedded twice', async () => {
    const first = await embedded()
    first.init()
    vi.resetModules()
    await import('../tracker')
    window.PulseGateSession!.init()
    await pass()

    expect(window.PulseGateSession).toBe(first)
    expect(server.of('/track/session/start')).toHaveLength(1)
  })

  it.each([
    ['doNotTrack', '1'],
    ['globalPrivacyControl', true],
  ])('keeps and sends nothing where the browser says %s', async (name, value) => {
    navigatorHas(name, value)
    const session = await embedded()
    session.init()
    session.trackEvent('x')
    await pass(60_000)

    expect(server.calls).toEqual([])
    expect(stored()).toEqual([])
  })

  it('may be told not to heed that', async () => {
    navigatorHas('doNotTrack', '1')
    const session = await embedded()
    session.init({ respectDoNotTrack: false })
    await pass()

    expect(types(server)).toEqual(['page_view'])
  })

  it('keeps and sends nothing before consent where it is required, and remembers the answer', async () => {
    const session = await embedded({ 'data-site-key': 'pk_site', 'data-require-consent': '' })
    session.trackEvent('before')
    await pass(60_000)
    expect(server.calls).toEqual([])
    expect(stored()).toEqual([])

    session.consent(true)
    await pass()
    expect(types(server)).toEqual(['page_view'])

    const next = await embedded({ 'data-site-key': 'pk_site', 'data-require-consent': '' })
    await pass()
    expect(next.ids().session_id).toBe('s-1')
  })

  it('forgets the visitor and what was not sent when consent is withdrawn, on later pages, too', async () => {
    const session = await embedded()
    session.init()
    await pass()
    session.trackEvent('unsent')
    session.consent(false)
    const calls = server.calls.length
    window.dispatchEvent(new Event('pagehide'))
    await pass(60_000)

    expect(stored()).toEqual(['_pg_consent'])
    expect(server.calls).toHaveLength(calls)
    expect(session.ids()).toEqual({})
    const next = await embedded()
    next.init()
    await pass()
    expect(server.calls).toHaveLength(calls)
  })

  it('keeps nothing of a visit that begins while consent is withdrawn', async () => {
    const session = await embedded()
    session.init()
    session.consent(false)
    await pass(60_000)

    expect(stored()).toEqual(['_pg_consent'])
    expect(types(server)).toEqual([])
  })

  it('tracks once after consent was withdrawn and given again', async () => {
    const session = await embedded()
    session.init()
    await pass()
    session.consent(false)
    session.consent(true)
    await pass()
    document.body.click()
    await session.flush()

    expect(types(server).filter((type) => type === 'click')).toHaveLength(1)
  })

  it('loads the recorder without a site, and with one where its configuration says so', async () => {
    const session = await embedded()
    session.init()
    await pass()
    expect(recorders.map(({ src }) => src)).toEqual([`${ENDPOINT}/recorder.js?v=test`])

    await embedded({ 'data-site-key': 'pk_site', nonce: 'n-1' })
    await pass()
    expect(recorders).toHaveLength(2)
    expect(recorders[1]!.nonce).toBe('n-1')
  })

  it.each([
    ['says no', () => answer(200, { recordSession: false })],
    ['is not for this page', () => answer(403)],
    ['does not come', () => new TypeError('away')],
  ])('loads no recorder where the configuration %s', async (_, config) => {
    server.state.answers = (path) => (path.startsWith('/track/config') ? config() : standard(path))
    await embedded({ 'data-site-key': 'pk_site' })
    await pass()

    expect(recorders).toEqual([])
    expect(types(server)).toEqual(['page_view'])
  })

  it('tells the recorder when to stop', async () => {
    const recording = { cut: vi.fn(), snapshot: vi.fn(), leave: vi.fn(), stop: vi.fn() }
    window.PulseGateRecorder = () => recording
    const session = await embedded()
    session.init()
    await pass()
    window.dispatchEvent(new Event('pagehide'))
    expect(recording.leave).toHaveBeenCalledOnce()
    session.consent(false)

    expect(recording.stop).toHaveBeenCalledOnce()
    expect(recorders).toEqual([])
  })
})

describe('PulseGate', () => {
  it('tracks, and loads the script of forms where the page has one', async () => {
    vi.useFakeTimers()
    clean()
    const server = fakeServer()
    const loaded: HTMLScriptElement[] = []
    vi.spyOn(document.head, 'append').mockImplementation((script) => {
      loaded.push(script as HTMLScriptElement)
    })
    await embedded({ src: `${ENDPOINT}/pulse.js` }, '../pulse')
    window.PulseGate!.init({ siteKey: 'pk_site', recordSession: false })
    await pass()
    expect(server.of('/track/session/start')[0]!.body.site_key).toBe('pk_site')
    expect(loaded).toEqual([])

    document.body.innerHTML = '<div data-headwater-form="contact"></div>'
    void window.PulseGate!.forms()
    expect(loaded.map(({ src }) => src)).toEqual([`${ENDPOINT}/form.js?v=test`])
    expect({ ...document.querySelector<HTMLElement>('div')!.dataset }).toMatchObject({ siteKey: 'pk_site', endpoint: ENDPOINT })
    expect(window.PulseGateSession).toBeDefined()
    window.PulseGate!.consent(false)
  })
})
