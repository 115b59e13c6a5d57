import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answer, clean, ENDPOINT, fakeServer, SESSION, standard, visibility } from '../fake-server'
import { Tracker } from './tracker'

const MINUTE = 60_000
let tracker: Tracker

/** Times stand still between steps, but promises go on. */
const pass = (millis = 0) => vi.advanceTimersByTimeAsync(millis)

async function tracked() {
  tracker = new Tracker(ENDPOINT, 'pk_site')
  tracker.start()
  await pass(600)
}

const hide = (name: string) => window.dispatchEvent(new Event(name))

describe('the tracker', () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-03-01T12:00:00Z') })
    clean()
    history.replaceState({}, '', '/landing?utm_source=news&token=abc')
  })

  afterEach(() => tracker.stop())

  it('begins a visit with what the contract asks for, and keeps who it is', async () => {
    const server = fakeServer()
    await tracked()

    expect(server.of('/track/session/start')).toHaveLength(1)
    expect(server.calls[0]!.body).toMatchObject({
      fingerprint_id: expect.stringMatching(/^[0-9a-f]{64}$/),
      site_key: 'pk_site',
      page: expect.stringMatching(/\/landing\?utm_source=news&token=\*{8}$/),
      utm_source: 'news',
      device_info: { user_agent: navigator.userAgent, language: navigator.language },
      screen: { width: screen.width },
    })
    expect(localStorage.getItem('_pg_vid')).toBe('v-1')
    expect(localStorage.getItem('_pg_fp')).toBe(server.calls[0]!.body.fingerprint_id)
    expect(document.cookie).toBe('')
  })

  it('goes on with the visit on the next page, and with the numbers of the tab', async () => {
    const server = fakeServer()
    await tracked()
    hide('pagehide')
    tracker.stop()
    await tracked()
    tracker.record('custom')
    await tracker.flush()

    expect(server.of('/track/session/start')).toHaveLength(1)
    expect(server.events().map(({ event_type, seq }) => [event_type, seq])).toEqual([
      ['page_view', 0],
      ['engagement', 1],
      ['page_view', 2],
      ['custom', 3],
      ['engagement', 4],
    ])
    const windows = server.of('/track/events/batch').map(({ body }) => body.window_id)
    expect(new Set(windows).size).toBe(1)
  })

  it('gives a copy of the tab a window of its own', async () => {
    const server = fakeServer()
    await tracked()
    const copied = { ...sessionStorage }
    expect(copied).not.toHaveProperty('_pg_win')
    tracker.stop()
    await tracked()
    await tracker.flush()

    expect(new Set(server.of('/track/events/batch').map(({ body }) => body.window_id)).size).toBe(2)
  })

  it('sends what it has every 20 s while the page is visible', async () => {
    const server = fakeServer()
    await tracked()
    tracker.record('custom', { data: { n: 1 } })
    expect(server.events().map(({ event_type }) => event_type)).toEqual(['page_view'])
    await pass(20_000)
    expect(server.events().map(({ event_type }) => event_type)).toEqual(['page_view', 'custom', 'engagement'])
    expect(server.of('/track/events/batch')[1]!.body).toMatchObject({
      session_id: 's-1',
      visitor_id: 'v-1',
      session_started_at: 1000,
      sent_at: Date.parse('2026-03-01T12:00:20Z'),
      events: [{ event_type: 'custom', page: expect.stringContaining('token=********'), data: { n: 1 } }, {}],
    })
  })

  it('sends again after a failure, under the same ids and numbers, and when the server asks', async () => {
    const server = fakeServer()
    await tracked()
    server.state.answers = () => answer(503, {}, { 'Retry-After': '7' })
    tracker.record('custom')
    await tracker.flush()
    const failed = server.events()
    server.state.answers = standard
    await pass(6000)
    expect(server.events()).toEqual(failed)
    await pass(1500)

    const again = server.events().slice(failed.length)
    expect(again).toEqual(failed.slice(1))
    expect(sessionStorage.getItem('_pg_q')).toBeNull()
  })

  it('does not repeat what the server refuses for good', async () => {
    const server = fakeServer()
    await tracked()
    server.state.answers = () => answer(400)
    tracker.record('custom')
    await tracker.flush()
    const calls = server.calls.length
    await pass(5 * MINUTE)

    expect(server.events().filter(({ event_type }) => event_type === 'custom')).toHaveLength(1)
    expect(server.calls.length).toBeGreaterThanOrEqual(calls)
  })

  it('tells everything by beacons within the budget when it is hidden, and leaves the rest to the next page', async () => {
    const server = fakeServer()
    await tracked()
    const sentBefore = server.events().length
    for (let i = 0; i < 150; i++) tracker.record('custom', { data: { text: 'x'.repeat(500), i } })
    visibility('hidden')

    const beacons = server.calls.filter(({ beacon }) => beacon)
    const sizes = beacons.map(({ body }) => JSON.stringify(body).length)
    expect(Math.max(...sizes)).toBeLessThanOrEqual(50_000)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(65_536)
    expect(beacons.length).toBeGreaterThan(1)
    const left = JSON.parse(sessionStorage.getItem('_pg_q')!) as { events: { seq: number }[] }[]
    expect(left[0]!.events.length).toBeGreaterThan(50)

    hide('pagehide')
    tracker.stop()
    sessionStorage.setItem('_pg_q', JSON.stringify(left))
    await tracked()
    await pass(20_000)
    const seqs = server.events().slice(sentBefore).map(({ seq }) => seq as number)
    expect(new Set(seqs).size).toBe(seqs.length)
    expect(seqs.sort((a, b) => a - b)).toEqual(Array.from({ length: seqs.length }, (_, i) => i + sentBefore))
  })

  it('keeps everything for the next page when the browser takes no beacon', async () => {
    const server = fakeServer()
    server.state.beacons = false
    await tracked()
    tracker.record('custom')
    visibility('hidden')

    expect(sessionStorage.getItem('_pg_q')).toContain('custom')
    await tracker.flush()
    expect(server.events().map(({ event_type }) => event_type)).toContain('custom')
    expect(sessionStorage.getItem('_pg_q')).toBeNull()
  })

  it('begins another visit after half an hour without anything, with a page view and numbers of its own', async () => {
    const server = fakeServer()
    let started = 0
    server.state.answers = (path) =>
      path === '/track/session/start' ? answer(200, { ...SESSION, session_id: `s-${++started}` }) : standard(path)
    await tracked()
    await pass(30 * MINUTE - 600)
    tracker.record('still')
    await pass(30 * MINUTE + 1)
    visibility('hidden')
    expect(started).toBe(1)
    visibility('visible')
    await pass(1000)
    await tracker.flush()

    expect(started).toBe(2)
    const batches = server.of('/track/events/batch').map(({ body }) => body)
    const of = (session: string) =>
      batches.filter((body) => body.session_id === session).flatMap((body) => body.events ?? [])
    expect(of('s-1').map(({ event_type }) => event_type)).toEqual(['page_view', 'engagement', 'engagement', 'engagement', 'still'])
    expect(of('s-2').map(({ event_type, seq }) => [event_type, seq])).toEqual([
      ['page_view', 0],
      ['visibility_change', 1],
      ['engagement', 2],
    ])
    expect(of('s-2')[0]!.data).toEqual({ navigation: 'resume' })
  })

  it('goes on with a visit that another tab kept alive', async () => {
    const server = fakeServer()
    await tracked()
    await pass(25 * MINUTE)
    const kept = JSON.parse(localStorage.getItem('_pg_ses')!) as { seen: number }
    localStorage.setItem('_pg_ses', JSON.stringify({ ...kept, seen: Date.now() }))
    await pass(10 * MINUTE)
    tracker.record('custom')
    await tracker.flush()

    expect(server.of('/track/session/start')).toHaveLength(1)
  })

  it('is not confused by a clock that is wrong by days', async () => {
    const server = fakeServer()
    vi.setSystemTime(Date.parse('2030-01-01T00:00:00Z'))
    await tracked()
    for (let i = 0; i < 20; i++) tracker.record('custom')
    await tracker.flush()

    expect(server.of('/track/session/start')).toHaveLength(1)
  })

  it('asks again until there is a visit, and loses nothing that happened meanwhile', async () => {
    const server = fakeServer(() => new TypeError('away'))
    await tracked()
    tracker.record('custom')
    await pass(3000)
    server.state.answers = standard
    await pass(60_000)

    expect(server.events().map(({ event_type }) => event_type)).toEqual(expect.arrayContaining(['page_view', 'custom']))
    expect(server.events()[0]!.seq).toBe(0)
  })

  it('is quiet where the site does not allow it', async () => {
    const server = fakeServer(() => answer(403, { reason: 'site_not_found' }))
    await tracked()
    tracker.record('custom')
    visibility('hidden')
    await pass(MINUTE)

    expect(server.calls.map(({ path }) => path)).toEqual(['/track/session/start'])
    expect(localStorage.getItem('_pg_fp')).toBeNull()
  })

  it('counts a page again that comes out of the memory of the browser, and sends nothing twice', async () => {
    const server = fakeServer()
    await tracked()
    tracker.record('custom')
    server.state.beacons = false
    hide('pagehide')
    sessionStorage.removeItem('_pg_q') // by the page in between
    window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }))
    await tracker.flush()

    const events = server.events()
    expect(events.filter(({ event_type }) => event_type === 'custom')).toHaveLength(0)
    expect(events[events.length - 1]).toMatchObject({ event_type: 'page_view', data: { navigation: 'back_forward' } })
  })
})
