import { formatCount, formatDuration } from '../platform/format'
import type { ProjectionView, Verification } from './projection'
import { hasKeys } from './sample'

/** All generations of one projection, the live one first, then the newest. */
export interface ProjectionGroup {
  name: string
  generations: ProjectionView[]
}

export type Action = 'rebuild' | 'verify' | 'sample' | 'rollback' | 'retire'

/** What an operator may ask for, and what it would do. */
export interface Offer {
  action: Action
  label: string
  /** What one says yes to. */
  question: string
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
      question: `Rebuild ${name}?`,
      consequence:
        `A new generation of ${name} is made from its events, beside ${seen}. Both are compared at one cut. When they are ` +
        'equal, readers are switched over, and the former one follows for a day so that you can roll back. When they differ, ' +
        'nothing is switched.',
      obstacle: busy,
    },
    {
      action: 'verify',
      label: 'Verify',
      question: `Verify ${name}?`,
      consequence:
        `A scratch generation of ${name} is made from its events, compared with ${seen}, and dropped. Nothing is switched.`,
      obstacle: busy,
    },
    ...(hasKeys(name) ? [sampleOf(name, live !== undefined)] : []),
    {
      action: 'rollback',
      label: 'Roll back',
      question: `Roll back ${name}?`,
      consequence: former
        ? `Readers see generation ${former.generation} of ${name} at once` +
          `${live ? `, instead of generation ${live.generation}, which goes on following: roll back again to return` : ''}.`
        : '',
      obstacle: former ? null : 'There is no former generation that could be live again.',
    },
    {
      action: 'retire',
      label: 'Retire',
      question: `Retire ${name}?`,
      consequence:
        `What is chosen is dropped for good: tables, topics, positions and state.${busy ? ' A rebuild that runs is given up when it is chosen.' : ''}` +
        `${former ? ` Without generation ${former.generation} there is no way to roll back.` : ''}`,
      obstacle: droppable ? null : 'There is nothing but the live generation.',
    },
  ]
}

function sampleOf(name: string, live: boolean): Offer {
  return {
    action: 'sample',
    label: 'Verify a sample',
    question: `Verify a sample of ${name}?`,
    consequence:
      `Some ${name}, picked at random, are folded from their events and compared with what readers see. Nothing is made anew ` +
      'or changed. It takes a second or more for each of them.',
    obstacle: live ? null : 'There is no live generation.',
  }
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
