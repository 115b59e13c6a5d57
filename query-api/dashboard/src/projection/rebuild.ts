import { formatCount, formatDuration } from '../platform/format'
import type { ProjectionView, Verification } from './projection'

/** All generations of one projection, the live one first, then the newest. */
export interface ProjectionGroup {
  name: string
  generations: ProjectionView[]
}

export type Action = 'rebuild' | 'verify' | 'rollback' | 'retire'

/** What an operator may ask for, and what it would do. */
export interface Offer {
  action: Action
  label: string
  /** What will happen, before one says yes. */
  consequence: string
  /** Why it cannot be asked for now; the server decides in the end. */
  obstacle: string | null
}

/** One key that differs between two generations. */
export interface Difference {
  key: string
  kind: string
  columns: string[]
}

export interface TableReport {
  table: string
  rows: { live: number; candidate: number }
  equal: boolean
  ignored_columns: string[]
  differences: { total: number; listed: Difference[] }
}

/** A comparison of two generations at one cut of the topics. */
export interface Report {
  generation: number
  against: number
  equal: boolean
  rows: number
  taken_at: string
  tables: TableReport[]
  /** Events that only the new generation could not fold. */
  dead_letters?: string[]
  refused_because?: string | null
}

/** One step of a generation: who or what caused it, and why. */
export interface Transition {
  id: number
  generation: number
  from_state: string | null
  to_state: string
  reason: string | null
  actor: string
  at: string
}

const ON_ITS_WAY = ['PLANNED', 'BACKFILL', 'CATCHING_UP', 'VERIFYING', 'READY']

export function isOnItsWay(generation: ProjectionView): boolean {
  return ON_ITS_WAY.includes(generation.state)
}

/** Dropped when no generation is named: it was live, or failed. */
export function isLeftOver({ state }: ProjectionView): boolean {
  return state === 'RETIRING' || state === 'FAILED'
}

export function groupsOf(views: ProjectionView[]): ProjectionGroup[] {
  const groups = new Map<string, ProjectionView[]>()
  for (const view of views) groups.set(view.name, [...(groups.get(view.name) ?? []), view])
  return [...groups].map(([name, generations]) => ({
    name,
    generations: generations.sort(
      (a, b) => Number(b.state === 'LIVE') - Number(a.state === 'LIVE') || b.generation - a.generation,
    ),
  }))
}

export function offersOf({ name, generations }: ProjectionGroup): Offer[] {
  const live = generations.find((one) => one.state === 'LIVE')
  const underway = generations.find(isOnItsWay)
  const former = generations
    .filter((one) => one.state === 'RETIRING' && one.purpose !== 'verify')
    .sort((a, b) => b.generation - a.generation)[0]
  const droppable = generations.some((one) => one.state !== 'LIVE')
  const seen = live ? `generation ${live.generation}, which readers go on seeing` : 'what readers see'
  const busy = underway ? `Generation ${underway.generation} is on its way already.` : null
  return [
    {
      action: 'rebuild',
      label: 'Rebuild',
      consequence:
        `A new generation of ${name} is made from the topics, beside ${seen}. Both are compared at one cut. When they are ` +
        'equal, readers are switched over, and the former one follows for a day so that you can roll back. When they differ, ' +
        'nothing is switched.',
      obstacle: busy,
    },
    {
      action: 'verify',
      label: 'Verify',
      consequence:
        `A scratch generation of ${name} is made from the topics, compared with ${seen}, and dropped. Nothing is switched.`,
      obstacle: busy,
    },
    {
      action: 'rollback',
      label: 'Roll back',
      consequence: former
        ? `Readers see generation ${former.generation} of ${name} at once` +
          `${live ? `, instead of generation ${live.generation}, which goes on following: roll back again to return` : ''}.`
        : '',
      obstacle: former ? null : 'There is no former generation that could be live again.',
    },
    {
      action: 'retire',
      label: 'Retire',
      consequence:
        `What is chosen is dropped for good: tables, topics, positions and state.${busy ? ' A rebuild that runs is given up when it is chosen.' : ''}` +
        `${former ? ` Without generation ${former.generation} there is no way to roll back.` : ''}`,
      obstacle: droppable ? null : 'There is nothing but the live generation.',
    },
  ]
}

/** Share read so far, 0 … 1; null before anything is known of the source. */
export function shareOf({ progress }: ProjectionView): number | null {
  return progress && progress.total > 0 ? progress.done / progress.total : null
}

/** `1,200 of 9,000 records · 300 /s · 26 s left`. */
export function progressText({ progress, step, rate_limit }: ProjectionView): string {
  if (!progress) return ''
  const parts = [`${formatCount(progress.done)} of ${formatCount(progress.total)} records`]
  if (progress.per_second !== null) parts.push(`${formatCount(progress.per_second)} /s`)
  if (progress.eta_seconds !== null) parts.push(`${formatDuration(progress.eta_seconds)} left`)
  if (step !== null) parts.push(step.replaceAll('_', ' '))
  if (rate_limit !== null) parts.push(`limited to ${formatCount(rate_limit)} /s`)
  return parts.join(' · ')
}

export function verdictOf({ equal, against, rows, differences }: Verification): string {
  if (equal) return `Equal to generation ${against}: ${formatCount(rows)} rows`
  return differences > 0
    ? `Differs from generation ${against} in ${differences === 1 ? '1 row' : `${formatCount(differences)} rows`}`
    : `Not equal to generation ${against}, though no row differs`
}

/** What a screen reader is told: changes with the state and every tenth only. */
export function announcementOf(generation: ProjectionView): string {
  const share = shareOf(generation)
  const tenth = share === null ? '' : `, ${Math.floor(share * 10) * 10} %`
  const state = generation.state.toLowerCase().replaceAll('_', ' ')
  return `${generation.name} generation ${generation.generation}: ${state}${tenth}`
}

export function differenceText({ kind, columns }: Difference): string {
  if (kind === 'only-live') return 'missing in the new one'
  if (kind === 'only-candidate') return 'only in the new one'
  return `differs in ${columns.join(', ')}`
}

/** The body of a request; what was left empty is not in it. Null: a rate that is none. */
export function optionsOf(maxRate: string, expected: string): Record<string, unknown> | null {
  const body: Record<string, unknown> = {}
  const rate = maxRate.trim()
  if (rate) {
    if (!/^[1-9]\d{0,8}$/.test(rate)) return null
    body.max_rate = Number(rate)
  }
  const names = expected.split(/[\s,]+/).filter(Boolean)
  if (names.length > 0) body.expected = names
  return body
}
