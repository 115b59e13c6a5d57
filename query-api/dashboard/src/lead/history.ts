import type { LeadDetail } from './lead'
import type { TimelineEvent } from './timeline'

/** A lead after all events recorded up to a moment; without visits and other leads. */
export interface LeadThen extends LeadDetail {
  as_of: string
  as_of_event: { topic: string; partition: number; offset: number; recorded_at: string }
  timeline: TimelineEvent[]
}

/** A row that is not what the events give. */
export interface RowDifference {
  table: string
  row: string
  kind: 'missing' | 'changed' | 'surplus'
  columns: string[]
}

/** The events that made the rows of a lead; values are told of columns that are not personal. */
export interface Explained {
  matches: boolean
  differences: RowDifference[]
  events: {
    topic: string
    partition: number
    offset: number
    type: string
    recorded_at: string
    rows: { table: string; row: string; columns: string[]; values: Record<string, unknown> }[]
  }[]
}

/** The moment that a URL names; null when it names none. */
export function asOfOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  const time = new Date(value)
  return Number.isNaN(time.getTime()) ? null : time.toISOString()
}

/** What a field for date and time shows: the browser's zone, to the second. */
export function toField(moment: string | null): string {
  if (!moment) return ''
  const time = new Date(moment)
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`
  return `${day}T${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
}

/** The moment that such a field names: all of its second counts. */
export function fromField(text: string): string | null {
  const time = new Date(text)
  if (text === '' || Number.isNaN(time.getTime())) return null
  time.setMilliseconds(999)
  return time.toISOString()
}

/** `email: —` or `status: won`; of personal columns the name. */
export function changesOf(row: Explained['events'][number]['rows'][number]): string[] {
  return row.columns.map((column) =>
    column in row.values ? `${column}: ${textOf(row.values[column])}` : column,
  )
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '—'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
