import { formatCount } from '../platform/format'
import type { Sample } from './projection'

/** A row of a key that is not what the events give. */
export interface SampledRow {
  table: string
  row: string
  kind: string
  columns: string[]
}

/** A sample with the first keys that differ. */
export interface SampleReport extends Sample {
  /** Null: none was compared. */
  generation: number | null
  findings: { key: string; rows: SampledRow[] }[]
}

/** Projections whose rows belong to keys, with the page that shows one; the others add up and have none. */
const PAGES: Record<string, string> = { leads: 'lead', sessions: 'session' }

export function hasKeys(projection: string): boolean {
  return projection in PAGES
}

/** The route's name of the page of one key. */
export function pageOf(projection: string): string | undefined {
  return PAGES[projection]
}

/** One word for what a sample said, and its chip. */
export function chipOf({ ended_at, keys, differing, skipped, reason }: Sample): { label: string; tone: string } {
  if (!ended_at) return { label: 'Comparing', tone: 'info' }
  if (differing > 0) return { label: 'Differs', tone: 'bad' }
  if (keys > 0) return { label: 'Equal', tone: 'good' }
  return skipped > 0 || reason ? { label: 'Not compared', tone: 'warn' } : { label: 'Nothing there', tone: 'info' }
}

/** `Sample of 25 keys, 60 rows: 1 key differs, 2 could not be compared`. */
export function sampleText(sample: Sample): string {
  if (!sample.ended_at) return `Sample of at most ${keysText(sample.wanted)}, not over yet`
  const found = []
  if (sample.differing > 0) found.push(`${keysText(sample.differing)} ${sample.differing === 1 ? 'differs' : 'differ'}`)
  if (sample.skipped > 0) found.push(`${formatCount(sample.skipped)} could not be compared`)
  const rows = `${formatCount(sample.rows)} ${sample.rows === 1 ? 'row' : 'rows'}`
  return `Sample of ${keysText(sample.keys)}, ${rows}${found.length > 0 ? `: ${found.join(', ')}` : ''}`
}

function keysText(count: number): string {
  return count === 1 ? '1 key' : `${formatCount(count)} keys`
}

export function rowText({ kind, columns }: SampledRow): string {
  if (kind === 'missing') return 'is missing'
  if (kind === 'surplus') return 'was made by no event'
  return `differs in ${columns.join(', ')}`
}
