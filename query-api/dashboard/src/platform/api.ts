/** One broken field of a request, as a problem document names it. */
export interface FieldError {
  field: string
  message: string
}

/** What went wrong, in the words of the server's RFC 9457 document where it sent one. Status 0: no answer at all. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | null = null,
    readonly errors: FieldError[] = [],
    readonly traceId: string | null = null,
    readonly retryAfterSeconds: number | null = null,
    /** Name of the rule or kind of problem: the last part of the document's type. */
    readonly code: string | null = null,
  ) {
    super(detail ? `${title}: ${detail}` : title)
    this.name = 'Problem'
  }
}

/** A body with the freshness of the views it was read from. */
export interface Answer<T> {
  data: T
  asOf: string | null
  generation: string | null
}

/** One page of a keyset-paged list; no cursor: the end. */
export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

export type Params = Record<string, string | number | boolean | null | undefined>

/** Path with its query string; absent and empty parameters are left out. */
export function withParams(path: string, params: Params = {}): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    if (value !== null && value !== undefined && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return text ? `${path}?${text}` : path
}

/** Begins a text that stands for a number; nothing that Postgres can hold as text has it. */
const EXACT = '\0number:'
const STRINGS_AND_NUMBERS = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

/** JSON whose numbers that a double cannot hold became marked texts; `printExact` shows their digits again. */
function keepExact(json: string): string {
  return json.replace(STRINGS_AND_NUMBERS, (token) =>
    token.startsWith('"') || isExact(token) ? token : JSON.stringify(EXACT + token),
  )
}

function isExact(token: string): boolean {
  return token.length <= 15 || String(Number(token)) === token
}

/** Indented JSON of a part of an answer, every number with the digits it was sent with. */
export function printExact(value: unknown): string {
  return (JSON.stringify(value, null, 2) ?? '').replace(/"\\u0000number:(-?\d[\d.eE+-]*)"/g, '$1')
}

/** GETs JSON from query-api. Throws `Problem` for anything but a 2xx; an abort passes through as it is. */
export async function getJson<T>(
  path: string,
  key: string,
  params: Params = {},
  signal?: AbortSignal,
): Promise<Answer<T>> {
  const response = await send(withParams(path, params), { headers: headersOf(key), signal: signal ?? null })
  if (!response.ok) throw await problemOf(response)
  try {
    return {
      data: JSON.parse(keepExact(await response.text())) as T,
      asOf: response.headers.get('X-As-Of'),
      generation: response.headers.get('X-Generation'),
    }
  } catch (cause) {
    if (isAbort(cause)) throw cause
    throw new Problem(response.status, 'Unreadable answer', 'The server answered with something that is not JSON.')
  }
}

/** What a write was answered: 202 means that nothing is decided yet. */
export interface Written {
  status: number
  data: Record<string, unknown>
}

/** Writes JSON. Throws `Problem` for anything but a 2xx. An `Idempotency-Key` makes a repeat safe. */
export async function sendJson(
  method: 'POST' | 'PATCH' | 'DELETE',
  path: string,
  key: string,
  body: unknown,
  idempotencyKey: string,
): Promise<Written> {
  const response = await send(path, {
    method,
    headers: { ...headersOf(key), 'Content-Type': 'application/json', 'Idempotency-Key': idempotencyKey },
    body: JSON.stringify(body ?? {}),
  })
  if (!response.ok) throw await problemOf(response)
  return { status: response.status, data: asObject(await response.json().catch(() => null)) }
}

function headersOf(key: string): Record<string, string> {
  return { Accept: 'application/json', Authorization: `Bearer ${key}` }
}

async function send(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...request, cache: 'no-store' })
  } catch (cause) {
    if (isAbort(cause)) throw cause
    throw new Problem(0, 'No answer from the server', 'The connection failed. It is tried again on the next refresh.')
  }
}

/** Reads a problem document; falls back to the bare status for bodies of another kind. */
export async function problemOf(response: Response): Promise<Problem> {
  const body = asObject(await response.json().catch(() => null))
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN)
  return new Problem(
    response.status,
    text(body.title) ?? text(body.error) ?? titleOf(response.status),
    text(body.detail),
    fieldErrors(body.errors),
    text(body.traceId),
    Number.isFinite(retryAfter) ? retryAfter : null,
    text(body.code) ?? text(body.rule) ?? text(body.type)?.split('/').at(-1) ?? null,
  )
}

export function isAbort(cause: unknown): boolean {
  return cause instanceof DOMException && cause.name === 'AbortError'
}

function fieldErrors(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return []
  return value
    .map(asObject)
    .map((entry) => ({ field: text(entry.field) ?? '', message: text(entry.message) ?? '' }))
    .filter((entry) => entry.field || entry.message)
}

function asObject(value: unknown): Record<string, unknown> {
  return value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {}
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function titleOf(status: number): string {
  const known: Record<number, string> = {
    400: 'The request was not understood',
    401: 'The key was not accepted',
    403: 'Not allowed for this key',
    404: 'Not found',
    429: 'Too many requests',
    503: 'Temporarily unavailable',
  }
  return known[status] ?? `The server answered with status ${status}`
}
