/** One dispatched server-sent event. `id` is the last id seen on the stream, which may stem from an earlier event. */
export interface ServerEvent {
  event: string
  data: string
  id: string
}

/**
 * Splits a text/event-stream into events, wherever the network cut it: in the middle of a line,
 * or between the CR and the LF of one line end.
 */
export class SseParser {
  lastEventId = ''
  retryMillis: number | null = null
  private rest = ''
  private event = ''
  private data: string[] = []
  private first = true

  constructor(lastEventId = '') {
    this.lastEventId = lastEventId
  }

  push(chunk: string): ServerEvent[] {
    let input = this.rest + chunk
    if (this.first && input.length > 0) {
      input = input.replace(/^\uFEFF/, '')
      this.first = false
    }
    const events: ServerEvent[] = []
    let start = 0
    for (let end = lineEnd(input, start); end !== null; end = lineEnd(input, start)) {
      const done = this.line(input.slice(start, end.at))
      if (done) events.push(done)
      start = end.next
    }
    this.rest = input.slice(start)
    return events
  }

  private line(line: string): ServerEvent | null {
    if (line === '') return this.dispatch()
    if (line.startsWith(':')) return null
    const colon = line.indexOf(':')
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'event') this.event = value
    else if (field === 'data') this.data.push(value)
    else if (field === 'id' && !value.includes('\0')) this.lastEventId = value
    else if (field === 'retry' && /^\d+$/.test(value)) this.retryMillis = Number(value)
    return null
  }

  private dispatch(): ServerEvent | null {
    const complete =
      this.data.length > 0
        ? { event: this.event || 'message', data: this.data.join('\n'), id: this.lastEventId }
        : null
    this.event = ''
    this.data = []
    return complete
  }
}

/** Next line end from `start`; a CR that is the last character waits, its LF may be in the next chunk. */
function lineEnd(input: string, start: number): { at: number; next: number } | null {
  for (let i = start; i < input.length; i++) {
    const c = input[i]
    if (c === '\n') return { at: i, next: i + 1 }
    if (c === '\r') {
      if (i + 1 === input.length) return null
      return { at: i, next: input[i + 1] === '\n' ? i + 2 : i + 1 }
    }
  }
  return null
}
