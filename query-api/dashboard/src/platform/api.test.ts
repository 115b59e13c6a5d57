import { describe, expect, it, vi } from 'vitest'
import { getJson, printExact, Problem, withParams } from './api'
import { fakeServer, jsonResponse, problemResponse } from './testing'

describe('withParams', () => {
  it('leavesOutAbsentAndEmptyParametersAndEncodesTheRest', () => {
    const url = withParams('/a', { q: 'a&b=ü', none: null, gone: undefined, empty: '', no: false, zero: 0 })
    expect(url).toBe('/a?q=a%26b%3D%C3%BC&no=false&zero=0')
    expect(withParams('/a', { none: null })).toBe('/a')
  })
})

describe('getJson', () => {
  it('sendsTheKeyInAHeaderAndReadsFreshness', async () => {
    const requests = fakeServer({ '/a': () => jsonResponse([1], { 'X-As-Of': '2026-11-21T01:02:03Z', 'X-Generation': '7' }) })
    const answer = await getJson<number[]>('/a', 'k1', { limit: 5 })
    expect(answer).toEqual({ data: [1], asOf: '2026-11-21T01:02:03Z', generation: '7' })
    expect(requests[0]!.url.search).toBe('?limit=5')
    expect(requests[0]!.url.href).not.toContain('k1')
    expect(requests[0]!.init.headers).toMatchObject({ Authorization: 'Bearer k1' })
  })

  it('keepsDigitsThatANumberCannotHold', async () => {
    const payload = '{"id":12345678901234567891,"price":0.1000000000000000055,"text":"is 12345678901234567891","small":7}'
    vi.stubGlobal('fetch', vi.fn().mockImplementation(async () => new Response(`{"payload":${payload},"count":9007199254740991}`)))
    const { data } = await getJson<{ payload: unknown; count: number }>('/a', 'k')
    expect(data.count).toBe(9007199254740991)
    expect(printExact(data.payload).replace(/\s*\n\s*/g, '').replaceAll('": ', '":')).toBe(payload)
  })

  it('turnsAProblemDocumentIntoAProblem', async () => {
    const document = {
      title: 'A parameter is not valid',
      detail: 'limit is out of range',
      errors: [{ field: 'limit', message: 'must be at most 200' }, { unexpected: 1 }],
      traceId: 't-1',
    }
    fakeServer({ '/a': () => problemResponse(400, document) })
    const problem = await failure(getJson('/a', 'k'))
    expect(problem).toMatchObject({ status: 400, title: document.title, detail: document.detail, traceId: 't-1' })
    expect(problem.errors).toEqual([{ field: 'limit', message: 'must be at most 200' }])
  })

  it('explains401And503WithoutADocument', async () => {
    fakeServer({
      '/401': () => new Response('', { status: 401 }),
      '/503': () => new Response('<html>', { status: 503, headers: { 'Retry-After': '4' } }),
    })
    expect(await failure(getJson('/401', 'k'))).toMatchObject({ status: 401, title: 'The key was not accepted' })
    expect(await failure(getJson('/503', 'k'))).toMatchObject({ status: 503, retryAfterSeconds: 4 })
  })

  it('reportsAConnectionThatFailsAndAnAnswerThatIsNoJson', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValueOnce(new TypeError('Failed to fetch')).mockResolvedValueOnce(new Response('<p>')))
    expect(await failure(getJson('/a', 'k'))).toMatchObject({ status: 0, title: 'No answer from the server' })
    expect(await failure(getJson('/a', 'k'))).toMatchObject({ status: 200, title: 'Unreadable answer' })
  })

  it('letsAnAbortThrough', async () => {
    vi.stubGlobal('fetch', vi.fn().mockRejectedValue(new DOMException('stop', 'AbortError')))
    await expect(getJson('/a', 'k')).rejects.toBeInstanceOf(DOMException)
  })
})

async function failure(call: Promise<unknown>): Promise<Problem> {
  const cause = await call.then(
    () => null,
    (error: unknown) => error,
  )
  expect(cause).toBeInstanceOf(Problem)
  return cause as Problem
}
