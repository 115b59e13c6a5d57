import { beforeEach, describe, expect, it, vi } from 'vitest'
import { answer, ENDPOINT, fakeServer } from '../fake-server'
import { bytesOf, Pause, Wire } from './wire'

const text = (bytes: number) => JSON.stringify('x'.repeat(bytes - 2))

describe('the wire', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  it('gives beacons 64 KiB together, and again when they have arrived', () => {
    const { calls } = fakeServer()
    const wire = new Wire(ENDPOINT)

    const taken = [30_000, 30_000, 30_000].map((size) => wire.beacon('/a', text(size)))
    const rest = wire.beacon('/a', text(65_536 - 60_000))

    expect(taken).toEqual([true, true, false])
    expect(rest).toBe(true)
    expect(wire.room).toBe(0)
    expect(calls).toHaveLength(3)
    vi.advanceTimersByTime(10_000)
    expect(wire.room).toBe(65_536)
    expect(wire.beacon('/a', text(65_537))).toBe(false)
  })

  it('counts bytes, not characters', () => {
    fakeServer()
    const wire = new Wire(ENDPOINT)

    wire.beacon('/a', '"€€€"')

    expect(wire.room).toBe(65_536 - 11)
  })

  it('believes the browser that refuses a beacon', () => {
    const { state } = fakeServer()
    state.beacons = false
    const wire = new Wire(ENDPOINT)

    expect(wire.beacon('/a', '"x"')).toBe(false)
    expect(wire.room).toBe(65_536)
  })

  it('leaves half of the budget to the end of the page, and sends larger bodies without', async () => {
    const { calls } = fakeServer()
    const wire = new Wire(ENDPOINT)

    const both = [wire.post('/a', text(30_000)), wire.post('/a', text(30_000))]
    await Promise.all(both)

    expect(calls.map((call) => call.keepalive)).toEqual([true, false])
    expect(wire.room).toBe(65_536)
  })

  it('tries without keepalive when others have spent the budget', async () => {
    let refused = 0
    const { calls } = fakeServer(() => (refused++ ? answer(200) : new TypeError('over the budget')))

    expect((await new Wire(ENDPOINT).post('/a', '"x"')).status).toBe(200)
    expect(calls.map((call) => call.keepalive)).toEqual([true, false])
  })

  it('answers that none came, and never fails', async () => {
    fakeServer(() => new TypeError('away'))

    expect(await new Wire(ENDPOINT).post('/a', '"x"')).toEqual({ status: 0, body: {}, retryAfterMillis: 0 })
  })

  it('compresses what is worth it, as text/plain so that nothing is asked first', async () => {
    vi.useRealTimers()
    const requests: RequestInit[] = []
    vi.stubGlobal('fetch', (_: string, request: RequestInit) => {
      requests.push(request)
      return Promise.resolve(answer(200))
    })
    const large = JSON.stringify({ text: 'again and '.repeat(1000) })

    await new Wire(ENDPOINT).post('/a', large)
    await new Wire(ENDPOINT).post('/a', '"small"')

    const [zipped, plain] = requests.map(({ body }) => body as Uint8Array<ArrayBuffer>)
    expect([zipped![0], zipped![1]]).toEqual([0x1f, 0x8b])
    expect(zipped!.length).toBeLessThan(bytesOf(large).length / 10)
    const unzipped = new Blob([zipped!]).stream().pipeThrough(new DecompressionStream('gzip'))
    expect(await new Response(unzipped).text()).toBe(large)
    expect(new TextDecoder().decode(plain)).toBe('"small"')
    expect(requests[0]!.headers).toEqual({ 'Content-Type': 'text/plain' })
  })

  it('waits longer after every failure, and as long as the server asks', () => {
    const pause = new Pause()
    const failed = { status: 503, body: {}, retryAfterMillis: 0 }

    const waits = [failed, failed, failed, { ...failed, status: 429, retryAfterMillis: 7000 }].map((one) => {
      expect(pause.after(one)).toBe(false)
      return pause.millis
    })

    expect(waits).toEqual([1000, 2000, 4000, 7000])
    expect(pause.over).toBe(false)
    vi.advanceTimersByTime(7000)
    expect(pause.over).toBe(true)
    expect(pause.after({ ...failed, status: 400 })).toBe(true)
    pause.after(failed)
    expect(pause.millis).toBe(1000)
  })
})
