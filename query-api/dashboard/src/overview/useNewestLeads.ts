import { onScopeDispose, shallowRef, watch } from 'vue'
import type { Page } from '../platform/api'
import { useGet } from '../platform/auth'
import { useLive } from '../platform/live'
import { useLoad } from '../platform/useLoad'
import { usePoll, useTrailing } from '../platform/usePoll'
import { mergeNewest, type NewLead } from './newestLeads'

/** A lead is scored soon after it arrived. */
const SCORED_MILLIS = 2_000
/** And it changes later without any event. */
const POLL_MILLIS = 10_000

/**
 * The newest leads, from the list and from the stream; read again when those that arrived are scored, after every
 * reconnection, as events may be missing, and once in a while.
 */
export function useNewestLeads(limit: number) {
  const get = useGet()
  const live = useLive()
  const leads = shallowRef<NewLead[]>([])
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const { data, problem, loading, run } = useLoad((signal) =>
    get<Page<NewLead>>('/analytics/leads', { sort: 'created_at_desc', limit }, signal),
  )

  const trailing = useTrailing(() => void run(), SCORED_MILLIS)

  watch(data, (page) => {
    if (page) leads.value = mergeNewest(leads.value, page.items, limit)
  })
  onScopeDispose(
    live.on('lead', (event) => {
      const lead = event as NewLead
      if (!leads.value.some((known) => known.lead_id === lead.lead_id)) {
        fresh.value = new Set([...fresh.value, lead.lead_id].slice(-limit))
      }
      leads.value = mergeNewest(leads.value, [lead], limit)
      trailing()
    }),
  )
  watch(() => live.opened, run)
  usePoll(run, POLL_MILLIS)
  return { leads, fresh, problem, loading, run }
}
