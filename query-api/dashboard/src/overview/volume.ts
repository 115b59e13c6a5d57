/** One bucket of one key, as `/analytics/leads/volume` answers it. */
export interface VolumeRow {
  bucket: string
  key: string | null
  submissions: number
  accepted: number
  duplicate: number
  blocked: number
  test: number
  refused: number
  quarantined: number
  leads: number
}

export const GRAINS = [
  { value: '15m', label: '15 minutes' },
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const
export type Grain = (typeof GRAINS)[number]['value']

/** Ranges with the grains that give between a handful and some hundreds of buckets, the usual one first. */
export const RANGES = [
  { value: '6h', label: '6 hours', hours: 6, grains: ['15m', 'hour'] },
  { value: '24h', label: '24 hours', hours: 24, grains: ['hour', '15m'] },
  { value: '7d', label: '7 days', hours: 168, grains: ['hour', 'day'] },
  { value: '30d', label: '30 days', hours: 720, grains: ['day', 'hour', 'week'] },
  { value: '90d', label: '90 days', hours: 2_160, grains: ['day', 'week', 'month'] },
  { value: '12mo', label: '12 months', hours: 8_760, grains: ['week', 'day', 'month'] },
] as const satisfies readonly { value: string; label: string; hours: number; grains: readonly Grain[] }[]
export type Range = (typeof RANGES)[number]['value']

/** `outcome` is no key of the server: it stacks the outcomes of the totals. */
export const BYS = ['source', 'campaign', 'country', 'device', 'outcome'] as const
export type By = (typeof BYS)[number]

export const MEASURES = ['submissions', 'leads'] as const
export type Measure = (typeof MEASURES)[number]

const OUTCOMES = ['accepted', 'duplicate', 'blocked', 'test', 'refused', 'quarantined'] as const

export interface Series {
  name: string
  values: number[]
  total: number
  /** Number of the colour it gets, from 1; 0: the colour of what is left over. */
  colour: number
}

export interface Volume {
  /** Starts of the buckets in milliseconds, without gaps. */
  buckets: number[]
  series: Series[]
}

const MOST_SERIES = 8

/** Start of the local bucket that holds the moment. */
export function floorTo(grain: Grain, at: Date): Date {
  const start = new Date(at)
  if (grain === '15m') start.setMinutes(Math.floor(start.getMinutes() / 15) * 15, 0, 0)
  else if (grain === 'hour') start.setMinutes(0, 0, 0)
  else start.setHours(0, 0, 0, 0)
  if (grain === 'week') return midnight(start, () => start.setDate(start.getDate() - ((start.getDay() + 6) % 7)))
  if (grain === 'month') return midnight(start, () => start.setDate(1))
  return start
}

/** Start of the bucket after one; days follow the calendar, so that 23 and 25 hour days work. */
export function nextBucket(grain: Grain, start: Date): Date {
  const next = new Date(start)
  if (grain === '15m') next.setTime(next.getTime() + 900_000)
  else if (grain === 'hour') next.setTime(next.getTime() + 3_600_000)
  else if (grain === 'day') midnight(next, () => next.setDate(next.getDate() + 1))
  else if (grain === 'week') midnight(next, () => next.setDate(next.getDate() + 7))
  else midnight(next, () => next.setMonth(next.getMonth() + 1))
  return next
}

/** Moves a day, then back to its first moment: a day may begin at one o'clock, and the next one does not. */
function midnight(day: Date, move: () => void): Date {
  move()
  day.setHours(0, 0, 0, 0)
  return day
}

/** Rows → stacked series over gapless buckets; beyond the eight largest keys the rest is one series. */
export function toVolume(rows: VolumeRow[], by: By, measure: Measure, grain: Grain, from: Date, to: Date): Volume {
  const starts = new Set(rows.map((row) => Date.parse(row.bucket)))
  for (let at = floorTo(grain, from); at < to; at = nextBucket(grain, at)) starts.add(at.getTime())
  const buckets = [...starts].sort((a, b) => a - b)
  const indexOf = new Map(buckets.map((start, i) => [start, i]))

  const byName = new Map<string, number[]>()
  const add = (name: string, bucket: string, value: number) => {
    if (value === 0) return
    const values = byName.get(name) ?? new Array<number>(buckets.length).fill(0)
    byName.set(name, values)
    const i = indexOf.get(Date.parse(bucket)) ?? 0
    values[i] = (values[i] ?? 0) + value
  }
  for (const row of rows) {
    if (by === 'outcome') for (const outcome of OUTCOMES) add(outcome, row.bucket, row[outcome])
    else add(row.key || 'unknown', row.bucket, row[measure])
  }
  return { buckets, series: ranked(byName) }
}

function ranked(byName: Map<string, number[]>): Series[] {
  const all = [...byName].map(([name, values]) => ({ name, values, total: sum(values) }))
  all.sort((a, b) => b.total - a.total || a.name.localeCompare(b.name))
  const largest = all.slice(0, MOST_SERIES)
  // By name, not by rank: a source keeps its colour while live numbers change who leads.
  const names = largest.map((series) => series.name).sort((a, b) => a.localeCompare(b))
  const shown: Series[] = largest.map((series) => ({ ...series, colour: names.indexOf(series.name) + 1 }))
  const rest = all.slice(MOST_SERIES)
  if (rest.length > 0) {
    const values = rest[0]!.values.map((_, i) => sum(rest.map((series) => series.values[i] ?? 0)))
    shown.push({ name: `${rest.length} others`, values, total: sum(values), colour: 0 })
  }
  return shown
}

/** Labels of the buckets on the axis, in the zone of the browser, each only once. */
export function bucketLabels(grain: Grain, range: Range, buckets: number[], locale?: string): string[] {
  const hours: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' }
  const days: Intl.DateTimeFormatOptions = { month: 'short', day: 'numeric' }
  const timed = grain === '15m' || grain === 'hour'
  const short = grain === 'month' ? { month: 'short', year: 'numeric' } as const : timed ? hours : days
  // The same hour of two days, then the hour that an autumn night has twice.
  const formats = [
    timed && range !== '6h' && range !== '24h' ? { ...days, ...hours } : short,
    timed ? { ...days, ...hours } : { ...days, year: 'numeric' as const },
    { ...days, ...hours, timeZoneName: 'shortOffset' as const },
  ].map((options) => new Intl.DateTimeFormat(locale, options))
  return formats.reduce<string[]>((labels, format) => {
    const count = new Map<string, number>()
    for (const label of labels) count.set(label, (count.get(label) ?? 0) + 1)
    return buckets.map((start, i) => {
      const label = labels[i]
      return label !== undefined && count.get(label) === 1 ? label : format.format(start)
    })
  }, [])
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
