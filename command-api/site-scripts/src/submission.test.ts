import { beforeEach, describe, expect, it, vi } from 'vitest'
import { circumstances, Sender } from './submission'

const answer = (status: number, body: object = {}, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(body), { status, headers })

function answering(...answers: (Response | Error)[]) {
  const calls: { key: string; body: Record<string, unknown> }[] = []
  vi.stubGlobal('fetch', (_: string, request: RequestInit) => {
    calls.push({
      key: new Headers(request.headers).get('Idempotency-Key')!,
      body: JSON.parse(String(request.body)) as Record<string, unknown>,
    })
    const next = answers.shift()!
    return next instanceof Error ? Promise.reject(next) : Promise.resolve(next)
  })
  return calls
}

describe('sending', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    sessionStorage.clear()
    localStorage.clear()
  })

  it('tries again under the same key, so that a lost answer makes no second lead', async () => {
    const calls = answering(new Error('lost'), answer(503), answer(200, { lead_id: 'main_1' }))
    let asked = 0
    const sent = new Sender('https://in.test/lead.capture').send({ EMAIL: 'a@x.test' }, () => ({
      __pg_tts: String(++asked),
    }))
    await vi.runAllTimersAsync()

    expect(await sent).toEqual({ captured: { lead_id: 'main_1' } })
    expect(calls).toHaveLength(3)
    expect(new Set(calls.map((call) => call.key)).size).toBe(1)
    expect(calls.map((call) => call.body.__pg_tts)).toEqual(['1', '1', '1'])
  })

  it('takes a new key for other values and after an answer', async () => {
    const calls = answering(answer(422, { detail: 'no' }), answer(200), answer(200))
    const sender = new Sender('https://in.test/lead.capture')

    expect(await sender.send({ EMAIL: 'a' }, () => ({}))).toEqual({ rejected: { detail: 'no' } })
    await sender.send({ EMAIL: 'a@x.test' }, () => ({}))
    await sender.send({ EMAIL: 'a@x.test' }, () => ({}))

    expect(new Set(calls.map((call) => call.key)).size).toBe(3)
  })

  it('gives up after some tries and says so', async () => {
    const calls = answering(answer(429, {}, { 'Retry-After': '2' }), answer(500), new Error('away'))
    const sent = new Sender('https://in.test/lead.capture').send({}, () => ({}))
    await vi.runAllTimersAsync()

    expect(await sent).toEqual({ rejected: {} })
    expect(calls).toHaveLength(3)
  })

  it('tells where the visitor came from, on later pages, too', () => {
    localStorage.setItem('_pg_vid', 'visitor-1')
    history.replaceState({}, '', '/landing?utm_source=news&UTM-Medium=mail&gclid=g1&other=x')
    const first = circumstances(performance.now(), 'filled')
    history.replaceState({}, '', '/contact')
    const second = circumstances(performance.now(), '')

    expect(first).toMatchObject({
      utm_source: 'news',
      utm_medium: 'mail',
      gclid: 'g1',
      __pg_hp: 'filled',
      __visitor_id: 'visitor-1',
    })
    expect(first).not.toHaveProperty('other')
    expect(second).toMatchObject({ utm_source: 'news', gclid: 'g1', __pg_hp: '' })
    expect(String(second.page_url)).toContain('/contact')
  })
})
