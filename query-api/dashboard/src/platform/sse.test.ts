import { describe, expect, it } from 'vitest'
import { SseParser } from './sse'

const stream = ': hello\nretry: 250\nid: c1\nevent: lead\ndata: {"a":1}\n\nevent: counters\ndata: x\ndata: y\n\n: beat\n\n'

describe('SseParser', () => {
  it('readsEventsTheirIdsAndTheRetryTime', () => {
    const parser = new SseParser()
    expect(parser.push(stream)).toEqual([
      { event: 'lead', data: '{"a":1}', id: 'c1' },
      { event: 'counters', data: 'x\ny', id: 'c1' },
    ])
    expect(parser.retryMillis).toBe(250)
    expect(parser.lastEventId).toBe('c1')
  })

  it.each(['\n', '\r\n', '\r'])('findsTheSameEventsWhereverTheStreamIsCut: %j', (end) => {
    const text = `${stream}id: c2\ndata: last\n\n: end\n`.replaceAll('\n', end)
    const whole = new SseParser().push(text)
    expect(whole).toHaveLength(3)
    for (let size = 1; size < text.length; size++) {
      const parser = new SseParser()
      const events = []
      for (let at = 0; at < text.length; at += size) events.push(...parser.push(text.slice(at, at + size)))
      expect(events).toEqual(whole)
    }
  })

  it('waitsForTheEmptyLineBeforeItHandsAnEventOut', () => {
    const parser = new SseParser()
    expect(parser.push('data: half')).toEqual([])
    expect(parser.push(' and half\n')).toEqual([])
    expect(parser.push('\n')).toEqual([{ event: 'message', data: 'half and half', id: '' }])
  })

  it('ignoresCommentsUnknownFieldsAndEventsWithoutData', () => {
    expect(new SseParser().push(':c\n\nfoo: bar\nevent: x\n\ndata\n\n')).toEqual([{ event: 'message', data: '', id: '' }])
  })

  it('keepsTheLastIdUntilAnotherOneComes', () => {
    const parser = new SseParser('before')
    const events = parser.push('data: 1\n\nid: n\0l\ndata: 2\n\nid\ndata: 3\n\n')
    expect(events.map((event) => event.id)).toEqual(['before', 'before', ''])
  })

  it('dropsTheByteOrderMark', () => {
    expect(new SseParser().push('\uFEFFdata: 1\n\n')).toHaveLength(1)
  })
})
