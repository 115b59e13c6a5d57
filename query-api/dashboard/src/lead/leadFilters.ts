import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { Params } from '../platform/api'

export const SORTS = [
  { value: 'created_at_desc', label: 'Newest first' },
  { value: 'created_at_asc', label: 'Oldest first' },
  { value: 'last_submitted_at_desc', label: 'Last submission' },
  { value: 'engagement_score_desc', label: 'Most engaged' },
  { value: 'status_since_desc', label: 'Last moved' },
  { value: 'suspicion_score_desc', label: 'Most suspicious' },
] as const

export type LeadSort = (typeof SORTS)[number]['value']

const TEXTS = ['q', 'email', 'phone', 'project', 'source', 'campaign', 'country', 'status', 'site', 'assignee', 'team', 'crm_id', 'from', 'to'] as const
type TextFilter = (typeof TEXTS)[number]

/** What the lead list is asked for; empty text: not filtered. `from` and `to` are ISO instants. */
export type LeadFilters = Record<TextFilter, string> & { test: boolean; merged: boolean; sort: LeadSort }

export function noFilters(): LeadFilters {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, ''])) as Record<TextFilter, string>
  return { ...texts, test: false, merged: false, sort: 'created_at_desc' }
}

/** Filters of a URL; what is unknown or unreadable is ignored. */
export function filtersOf(query: LocationQuery): LeadFilters {
  const filters = noFilters()
  for (const name of TEXTS) filters[name] = one(query[name]).trim()
  for (const name of ['from', 'to'] as const) {
    if (Number.isNaN(Date.parse(filters[name]))) filters[name] = ''
  }
  filters.test = one(query.test) === 'true'
  filters.merged = one(query.merged) === 'true'
  filters.sort = SORTS.find((sort) => sort.value === one(query.sort))?.value ?? 'created_at_desc'
  return filters
}

/** The URL of filters: only what differs from the defaults, so that a plain list has a plain URL. */
export function queryOf(filters: LeadFilters): LocationQueryRaw {
  const query: LocationQueryRaw = {}
  for (const name of TEXTS) {
    const value = filters[name].trim()
    if (value) query[name] = value
  }
  if (filters.test) query.test = 'true'
  if (filters.merged) query.merged = 'true'
  if (filters.sort !== 'created_at_desc') query.sort = filters.sort
  return query
}

/** The request of filters, one page of it. */
export function paramsOf(filters: LeadFilters, cursor: string | null, limit = 50): Params {
  return { ...(queryOf(filters) as Params), sort: filters.sort, limit, cursor }
}

/** How many filters are set, the order not counted. */
export function countSet(filters: LeadFilters): number {
  return Object.keys(queryOf(filters)).filter((name) => name !== 'sort').length
}

function one(value: LocationQuery[string] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? ''
}
