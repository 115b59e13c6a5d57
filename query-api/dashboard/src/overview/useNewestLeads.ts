import { onMounted, onScopeDispose, shallowRef, watch } from 'vue'
import type { Page } from '../platform/api'
import { useGet } from '../platform/auth'
import { useLive } from '../platform/live'
import { useLoad } from '../platform/useLoad'
import { mergeNewest, type NewLead } from './newestLeads'

/** The newest leads, from the list and from the stream; read again after every reconnection, as events may be missing. */
export function useNewestLeads(limit: number) {
  const get = useGet()
  const live = useLive()
  const leads = shallowRef<NewLead[]>([])
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const { data, problem, loading, run } = useLoad((signal) =>
    get<Page<NewLead>>('/analytics/leads', { sort: 'created_at_desc', limit }, signal),
  )

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
    }),
  )
  watch(() => live.opened, run)
  onMounted(run)
  return { leads, fresh, problem, loading, run }
}
