import { beforeEach, describe, expect, it } from 'vitest'
import { clean } from '../fake-server'
import { Queue, textOf, type Tracked } from './queue'
import type { Stretch } from './session'

const event = (seq: number, type = 'click', more: Partial<Tracked> = {}): Tracked => ({
  event_type: type,
  event_id: `e${seq}`,
  seq,
  timestamp: Date.now(),
  page: '/',
  ...more,
})

const of = (session?: string): Stretch => ({ session_id: session, window_id: 'w' })

function filled(queue: Queue, stretch: Stretch, count: number, type?: string) {
  for (let seq = 0; seq < count; seq++) queue.add(stretch, event(seq, type))
}

const seqs = (events: Tracked[] = []) => events.map(({ seq }) => seq)

describe('the queue', () => {
  beforeEach(clean)

  it('holds 500 events; the way of the mouse goes first, then the oldest', () => {
    const queue = new Queue()
    const stretch = of('s')
    queue.add(stretch, event(0))
    queue.add(stretch, event(1, 'mousemove'))
    for (let seq = 2; seq < 502; seq++) queue.add(stretch, event(seq))

    expect(queue.length).toBe(500)
    const kept: number[] = []
    for (let batch = queue.next(1e9); batch; batch = queue.next(1e9)) {
      kept.push(...seqs(batch.events))
      queue.settled(batch, true)
    }
    expect(kept[0]).toBe(2)
    expect(kept).toHaveLength(500)
    expect(queue.length).toBe(0)
  })

  it('cuts batches at 200 events and at the bytes that are left', () => {
    const queue = new Queue()
    filled(queue, of('s'), 250)

    const small = queue.next(2000)!
    expect(small.events.length).toBeGreaterThan(5)
    expect(textOf(small).length).toBeLessThan(2000)
    queue.settled(small, false)
    expect(queue.next(1e9)!.events).toHaveLength(200)
    expect(queue.next(1e9)!.events).toHaveLength(50)
    expect(queue.next(1e9)).toBeUndefined()
  })

  it('sends an event that is larger than a batch by itself', () => {
    const queue = new Queue()
    const stretch = of('s')
    queue.add(stretch, event(0, 'custom', { data: { text: 'x'.repeat(5000) } }))
    queue.add(stretch, event(1))

    expect(seqs(queue.next(1000)?.events)).toEqual([0])
    expect(seqs(queue.next(1000)?.events)).toEqual([1])
  })

  it('sends again what was not taken, under the same numbers and ids', () => {
    const queue = new Queue()
    filled(queue, of('s'), 3)

    const first = queue.next()!
    expect(queue.next()).toBeUndefined()
    queue.settled(first, false)
    const second = queue.next()!

    expect(second.events).toEqual(first.events)
    expect(JSON.parse(textOf(second))).toMatchObject({ session_id: 's', window_id: 'w', sent_at: expect.any(Number) })
  })

  it('goes on where an earlier page of the tab stopped, under the session and window of then', () => {
    const left = new Queue()
    filled(left, { ...of('s-old'), window_id: 'w-old' }, 2)
    left.keep()

    const queue = new Queue()
    queue.add(of('s-new'), event(0))
    const first = queue.next()!

    expect(JSON.parse(textOf(first))).toMatchObject({ session_id: 's-old', window_id: 'w-old' })
    expect(seqs(first.events)).toEqual([0, 1])
    expect(JSON.parse(textOf(queue.next()!))).toMatchObject({ session_id: 's-new' })
  })

  it('keeps nothing when everything was taken', () => {
    const queue = new Queue()
    filled(queue, of('s'), 1)
    queue.keep()
    expect(sessionStorage.getItem('_pg_q')).toContain('e0')

    queue.settled(queue.next()!, true)
    queue.keep()

    expect(sessionStorage.getItem('_pg_q')).toBeNull()
  })

  it('waits for a session, and gives those of earlier pages to it unless they are too old', () => {
    const left = new Queue()
    left.add(of(), event(0))
    left.keep()
    const old = JSON.parse(sessionStorage.getItem('_pg_q')!) as { events: Tracked[] }[]

    const queue = new Queue()
    expect(queue.next()).toBeUndefined()
    queue.begun({ session_id: 's', visitor_id: 'v' })
    expect(JSON.parse(textOf(queue.next()!))).toMatchObject({ session_id: 's', visitor_id: 'v' })

    old[0]!.events[0]!.timestamp -= 31 * 60_000
    sessionStorage.setItem('_pg_q', JSON.stringify(old))
    expect(new Queue().length).toBe(0)
  })

  it('is empty where the storage holds something else', () => {
    sessionStorage.setItem('_pg_q', '{"no":')
    expect(new Queue().length).toBe(0)
  })
})
