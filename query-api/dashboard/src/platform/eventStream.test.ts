import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openEventStream, type StreamOptions, type StreamState } from './eventStream'
import type { ServerEvent } from './sse'
import { problemResponse } from './testing'

/** A connection whose bytes the test sends. */
function connection() {
  let controller!: ReadableStreamDefaultController<Uint8Array>
  const body = new ReadableStream<Uint8Array>({ start: (c) => void (controller = c) })
  const encoder = new TextEncoder()
  return {
    response: new Response(body, { headers: { 'Content-Type': 'text/event-stream' } }),
    send: (text: string) => controller.enqueue(encoder.encode(text)),
    sendBytes: (bytes: Uint8Array) => controller.enqueue(bytes),
    end: () => controller.close(),
  }
}

function open(options: Partial<StreamOptions> = {}) {
  const states: StreamState[] = []
  const events: ServerEvent[] = []
  const onRefused = vi.fn()
  const stop = openEventStream({
    url: '/analytics/stream',
    key: 'k1',
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onRefused,
    ...options,
  })
  return { states, events, onRefused, stop }
}

describe('openEventStream', () => {
  const fetchMock = vi.fn()
  beforeEach(() => {
    vi.useFakeTimers()
    fetchMock.mockReset()
    vi.stubGlobal('fetch', fetchMock)
  })
  afterEach(() => vi.useRealTimers())
  const pass = (millis = 0) => vi.advanceTimersByTimeAsync(millis)
  const headersOf = (call: number) => fetchMock.mock.calls[call]![1].headers as Record<string, string>

  it('sendsTheKeyAsAHeaderAndHandsEventsOut', async () => {
    const first = connection()
    fetchMock.mockResolvedValueOnce(first.response)
    const { states, events, stop } = open()
    first.send('id: c1\nevent: lead\ndata: 1\n\n')
    await pass()
    expect(fetchMock.mock.calls[0]![0]).toBe('/analytics/stream')
    expect(headersOf(0)).toMatchObject({ Authorization: 'Bearer k1', Accept: 'text/event-stream' })
    expect(headersOf(0)).not.toHaveProperty('Last-Event-ID')
    expect(events).toEqual([{ event: 'lead', data: '1', id: 'c1' }])
    expect(states).toEqual(['connecting', 'live'])
    stop()
    expect(states.at(-1)).toBe('stopped')
  })

  it('keepsACharacterTogetherThatArrivesInTwoPieces', async () => {
    const first = connection()
    fetchMock.mockResolvedValueOnce(first.response)
    const { events, stop } = open()
    const bytes = new TextEncoder().encode('data: é\n\n')
    first.sendBytes(bytes.slice(0, 7))
    first.sendBytes(bytes.slice(7))
    await pass()
    expect(events[0]?.data).toBe('é')
    stop()
  })

  it('reconnectsAfterTheLastEventItSaw', async () => {
    const first = connection()
    const second = connection()
    fetchMock.mockResolvedValueOnce(first.response).mockResolvedValueOnce(second.response)
    const { states, stop } = open()
    first.send('id: c7\ndata: 1\n\nid: c8\ndata: half an eve')
    await pass()
    first.end()
    await pass(1_300)
    expect(headersOf(1)['Last-Event-ID']).toBe('c7')
    expect(states).toEqual(['connecting', 'live', 'reconnecting', 'live'])
    stop()
  })

  it('pausesLongerAfterEachFailureUpToALimit', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0.5)
    fetchMock.mockRejectedValue(new TypeError('refused'))
    const { states, stop } = open({ pauseMillis: 1_000, maxPauseMillis: 3_000 })
    await pass(999)
    expect(fetchMock).toHaveBeenCalledTimes(1)
    await pass(1)
    expect(fetchMock).toHaveBeenCalledTimes(2)
    await pass(2_000)
    expect(fetchMock).toHaveBeenCalledTimes(3)
    await pass(3_000)
    await pass(3_000)
    expect(fetchMock).toHaveBeenCalledTimes(5)
    expect(states.at(-1)).toBe('reconnecting')
    stop()
    await pass(60_000)
    expect(fetchMock).toHaveBeenCalledTimes(5)
  })

  it('takesSilenceForADeadConnection', async () => {
    const first = connection()
    fetchMock.mockImplementation((_, init: RequestInit) => {
      init.signal?.addEventListener('abort', () => first.end(), { once: true })
      return Promise.resolve(first.response)
    })
    const { states, stop } = open({ silenceMillis: 45_000 })
    await pass(44_000)
    first.send(': beat\n\n')
    await pass(44_000)
    expect(states).toEqual(['connecting', 'live'])
    await pass(1_001)
    expect(states.at(-1)).toBe('reconnecting')
    stop()
  })

  it('beginsAnewWhenTheServerCannotReadItsId', async () => {
    fetchMock.mockResolvedValueOnce(problemResponse(400, { title: 'Not an id of this stream' })).mockRejectedValue(new TypeError())
    const { stop } = open({ lastEventId: 'old' })
    await pass(1_300)
    expect(headersOf(0)['Last-Event-ID']).toBe('old')
    expect(headersOf(1)).not.toHaveProperty('Last-Event-ID')
    stop()
  })

  it('stopsForGoodWhenTheKeyIsRefused', async () => {
    fetchMock.mockResolvedValue(problemResponse(401, { title: 'No valid key' }))
    const { states, onRefused } = open()
    await pass(60_000)
    expect(fetchMock).toHaveBeenCalledTimes(1)
    expect(states.at(-1)).toBe('stopped')
    expect(onRefused.mock.calls[0]![0]).toMatchObject({ status: 401, title: 'No valid key' })
  })
})
