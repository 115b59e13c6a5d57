import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { answer, clean, ENDPOINT, fakeServer } from '../fake-server'
import type { Recording } from '../track/recording'
import type { Stretch } from '../track/session'
import { Wire } from '../track/wire'
import { start } from './recorder'

/** The recorder itself is a stand-in here, which a test makes speak. */
const rrweb = vi.hoisted(() => ({
  emit: (_: { type: number; timestamp: number; data?: unknown }) => {},
  options: {} as Record<string, unknown>,
  stop: vi.fn(),
  takeFullSnapshot: vi.fn(),
}))

vi.mock('@rrweb/record', () => ({
  record: Object.assign(
    (options: { emit: typeof rrweb.emit }) => {
      rrweb.emit = options.emit
      rrweb.options = options
      return rrweb.stop
    },
    { takeFullSnapshot: rrweb.takeFullSnapshot },
  ),
}))

const PATH = '/track/recording'
const pass = (millis = 0) => vi.advanceTimersByTimeAsync(millis)
const typesOf = (body: { events?: object[] }) => (body.events as { type: number }[]).map(({ type }) => type)
const increment = (text = '') => rrweb.emit({ type: 3, timestamp: 1, data: { source: 0, texts: [{ value: text }] } })

describe('the recording', () => {
  let of: Stretch
  let seq: number
  let recording: Recording
  let server: ReturnType<typeof fakeServer>

  const started = () =>
    (recording = start({ wire: new Wire(ENDPOINT), chunk: () => ({ of, seq: seq++ }) }))

  beforeEach(() => {
    vi.useFakeTimers()
    vi.clearAllMocks()
    clean()
    of = { session_id: 's', visitor_id: 'v', window_id: 'w' }
    seq = 0
    server = fakeServer(() => answer(200, { accepted: 1 }))
    started()
  })

  afterEach(() => recording.stop())

  it('goes out after two seconds, under the number of the chunk', async () => {
    increment()
    await pass(1000)
    increment()
    expect(server.calls).toEqual([])
    await pass(1000)
    increment()
    await pass(2000)

    expect(server.of(PATH).map(({ body }) => body)).toMatchObject([
      { session_id: 's', visitor_id: 'v', window_id: 'w', seq: 0, sent_at: expect.any(Number), events: [{}, {}] },
      { seq: 1, events: [{}] },
    ])
  })

  it('goes out at 50 KB', async () => {
    increment('x'.repeat(30_000))
    increment('x'.repeat(30_000))
    await pass()

    expect(server.of(PATH)).toHaveLength(1)
  })

  it('sends a snapshot by itself', async () => {
    rrweb.emit({ type: 4, timestamp: 1, data: { href: 'https://x.test/' } })
    rrweb.emit({ type: 2, timestamp: 2, data: { node: { type: 0, childNodes: [] } } })
    increment()
    await pass(2000)

    expect(server.of(PATH).map(({ body }) => typesOf(body))).toEqual([[4], [2], [3]])
  })

  it('masks what is typed before it is kept anywhere', async () => {
    rrweb.emit({ type: 3, timestamp: 1, data: { source: 5, id: 1, text: 'secret', isChecked: false } })
    recording.leave()

    expect(JSON.stringify(server.calls)).not.toContain('secret')
    expect(JSON.stringify({ ...sessionStorage })).not.toContain('secret')
    const mask = rrweb.options.maskInputFn as (text: string) => string
    expect([mask('a'), mask('a long one'), mask('')]).toEqual(['********', '********', ''])
    expect(rrweb.options.maskInputOptions).toEqual({ input: true, textarea: true, select: true })
  })

  it('is sent again in its order after a failure', async () => {
    server.state.answers = () => answer(503)
    increment()
    await pass(2000)
    increment()
    await pass(500)
    server.state.answers = () => answer(200)
    await pass(5000)

    expect(server.of(PATH).map(({ body }) => body.seq)).toEqual([0, 0, 1])
  })

  it('waits for the session to begin', async () => {
    of = { window_id: 'w' }
    increment()
    await pass(5000)
    expect(server.calls).toEqual([])
    of.session_id = 's-late'
    await pass(1000)

    expect(server.of(PATH)[0]!.body).toMatchObject({ session_id: 's-late', seq: 0 })
  })

  it('begins anew when the server misses a snapshot', async () => {
    server.state.answers = () => answer(200, { accepted: 1, snapshot_wanted: true })
    increment()
    await pass(2000)

    expect(rrweb.takeFullSnapshot).toHaveBeenCalledExactlyOnceWith(true)
  })

  it('takes what the browser takes along, and leaves the rest to the next page, under the same numbers', async () => {
    server.state.beacons = false
    increment('first')
    recording.leave()
    expect(sessionStorage.getItem('_pg_rec')).toContain('first')
    const left = sessionStorage.getItem('_pg_rec')!
    server.calls.length = 0
    recording.stop()
    sessionStorage.setItem('_pg_rec', left)

    server.state.beacons = true
    of = { session_id: 's', visitor_id: 'v', window_id: 'w-next' }
    started()
    increment('second')
    await pass(2000)

    expect(server.of(PATH).map(({ body }) => [body.window_id, body.seq])).toEqual([
      ['w', 0],
      ['w-next', 1],
    ])
    expect(sessionStorage.getItem('_pg_rec')).toBeNull()
  })

  it('belongs to the visit of its time', async () => {
    increment('before')
    recording.cut()
    of = { session_id: 's-2', visitor_id: 'v', window_id: 'w-2' }
    recording.snapshot()
    increment('after')
    await pass(2000)

    expect(server.of(PATH).map(({ body }) => body.session_id)).toEqual(['s', 's-2'])
    expect(rrweb.takeFullSnapshot).toHaveBeenCalledOnce()
  })

  it.each([404, 413])('ends when the server answers %d', async (status) => {
    server.state.answers = () => answer(status)
    increment()
    await pass(2000)
    increment()
    await pass(10_000)

    expect(rrweb.stop).toHaveBeenCalled()
    expect(server.of(PATH)).toHaveLength(1)
    expect(sessionStorage.getItem('_pg_rec')).toBeNull()
  })

  it('ends rather than take the memory of the page', async () => {
    server.state.answers = () => new TypeError('away')
    for (let i = 0; i < 200; i++) increment('x'.repeat(50_000))
    await pass()

    expect(rrweb.stop).toHaveBeenCalledOnce()
  })
})
