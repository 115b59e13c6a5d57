import { record } from '@rrweb/record'
import type { Host, Recording } from '../track/recording'
import { Chunks, sizeOf } from './chunks'
import { BLOCKED, masked, MASKED_INPUTS, MASKED_TEXT, maskText } from './masking'

/** Records what a page looks like, and cuts it into chunks: at most two seconds or 50 KB each. */

const FLUSH_MILLIS = 2000
const FLUSH_BYTES = 50_000
const FULL_SNAPSHOT = 2
/** A recording that lost a chunk is whole again from the next snapshot on. */
const SNAPSHOT_MILLIS = 10 * 60_000
const MOUSE_MILLIS = 100
const SCROLL_MILLIS = 250

export function start(host: Host): Recording {
  let events: string[] = []
  let bytes = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let ended = false
  let end: (() => void) | undefined

  const flush = (leaving = false) => {
    clearTimeout(timer)
    timer = undefined
    if (!events.length) return
    const cut = events
    const size = bytes
    events = []
    bytes = 0
    chunks.add(cut, size, leaving)
  }
  const finish = () => {
    if (ended) return
    ended = true
    clearTimeout(timer)
    events = []
    end?.()
  }
  const snapshot = () => {
    if (!ended && end) record.takeFullSnapshot(true)
  }
  const chunks = new Chunks(host, finish, snapshot)

  end = record({
    emit(event) {
      if (ended) return
      // a snapshot is large and comes alone, so that nothing else is lost with it
      const alone = event.type === FULL_SNAPSHOT
      if (alone) flush()
      const text = JSON.stringify(masked(event))
      events.push(text)
      bytes += sizeOf(text) + 1
      if (alone || bytes >= FLUSH_BYTES) flush()
      else timer ??= setTimeout(() => flush(), FLUSH_MILLIS)
    },
    maskInputOptions: MASKED_INPUTS,
    maskInputFn: maskText,
    maskTextSelector: MASKED_TEXT,
    maskTextFn: maskText,
    blockSelector: BLOCKED,
    slimDOMOptions: 'all',
    sampling: { mousemove: MOUSE_MILLIS, scroll: SCROLL_MILLIS, media: 800, input: 'last' },
    checkoutEveryNms: SNAPSHOT_MILLIS,
    // what fails in here is no matter of the page
    errorHandler: () => true,
  })
  if (ended) end?.()

  return {
    cut: () => flush(),
    snapshot,
    leave() {
      flush(true)
      chunks.leave()
    },
    stop() {
      finish()
      chunks.drop()
    },
  }
}
