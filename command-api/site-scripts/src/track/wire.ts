/**
 * How bodies leave the page. What is sent so that it outlives the page (beacons, and fetches with
 * `keepalive`) shares 64 KiB with everything of that kind that is still under way: beyond them a
 * beacon is refused and such a fetch fails, so they are counted here.
 *
 * source: Fetch standard, "HTTP-network-or-cache fetch", on keepalive
 */

const BUDGET_BYTES = 64 * 1024
const GZIP_FROM_BYTES = 1024
const TIMEOUT_MILLIS = 20_000
/** Nobody says when a beacon has arrived. */
const BEACON_MILLIS = 10_000

export interface Answer {
  /** 0: none came */
  status: number
  body: Record<string, unknown>
  retryAfterMillis: number
}

export const bytesOf = (text: string) => new TextEncoder().encode(text)

export class Wire {
  private underWay = 0

  constructor(private readonly endpoint: string) {}

  /** Bytes that may still be sent so that they outlive the page. */
  get room() {
    return BUDGET_BYTES - this.underWay
  }

  /** As text/plain, which asks for no preflight; compressed where the browser can. Never fails. */
  async post(path: string, text: string): Promise<Answer> {
    const body = await packed(bytesOf(text))
    const size = body.length
    // half stays free for what is sent when the page goes
    const keepalive = size <= this.room / 2
    if (keepalive) this.underWay += size
    try {
      // other scripts of the page spend from the same budget, uncounted
      return await this.fetched(path, body, keepalive).catch(() =>
        keepalive ? this.fetched(path, body, false) : Promise.reject(),
      )
    } catch {
      return { status: 0, body: {}, retryAfterMillis: 0 }
    } finally {
      if (keepalive) this.underWay -= size
    }
  }

  private async fetched(path: string, body: Uint8Array<ArrayBuffer>, keepalive: boolean): Promise<Answer> {
    const answer = await fetch(this.endpoint + path, {
      method: 'POST',
      credentials: 'omit',
      headers: { 'Content-Type': 'text/plain' },
      body,
      keepalive,
      // older browsers give up by themselves
      signal: AbortSignal.timeout?.(TIMEOUT_MILLIS),
    })
    return {
      status: answer.status,
      body: (await answer.json().catch(() => ({}))) as Record<string, unknown>,
      retryAfterMillis: (Number(answer.headers.get('Retry-After')) || 0) * 1000,
    }
  }

  /**
   * For a page that is about to go: as text, because a typed Blob would ask for a preflight first.
   *
   * @returns whether the browser took it
   */
  beacon(path: string, text: string): boolean {
    const size = bytesOf(text).length
    if (size > this.room || !navigator.sendBeacon?.(this.endpoint + path, text)) return false
    this.underWay += size
    setTimeout(() => (this.underWay -= size), BEACON_MILLIS)
    return true
  }
}

/** Told apart by its first bytes: a header about it would ask for a preflight. */
async function packed(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes.length < GZIP_FROM_BYTES || !window.CompressionStream) return bytes
  try {
    const zipped = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'))
    return new Uint8Array(await new Response(zipped).arrayBuffer())
  } catch {
    return bytes
  }
}

const LONGEST_PAUSE_MILLIS = 60_000

/** How long to leave the server alone after failures in a row. */
export class Pause {
  private failures = 0
  private until = 0

  get over() {
    return !this.millis
  }

  /** @returns whether it is settled: taken, or refused for good */
  after(answer: Answer): boolean {
    const { status } = answer
    if (status >= 200 && status < 500 && status !== 408 && status !== 429) {
      this.failures = 0
      return true
    }
    const millis = answer.retryAfterMillis || Math.min(1000 * 2 ** this.failures++, LONGEST_PAUSE_MILLIS)
    this.until = Date.now() + millis
    return false
  }

  get millis() {
    return Math.max(0, this.until - Date.now())
  }
}
