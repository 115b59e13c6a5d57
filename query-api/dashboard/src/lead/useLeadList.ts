import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useGet } from '../platform/auth'
import type { Page } from '../platform/api'
import { useLive } from '../platform/live'
import { usePages } from '../platform/usePages'
import { useThrottle, useTrailing } from '../platform/usePoll'
import type { LeadView } from './lead'
import { filtersOf, paramsOf, queryOf, type LeadFilters } from './leadFilters'

/** The lead list of the URL: its filters, its pages, and what arrives while one is looking. */
export function useLeadList() {
  const get = useGet()
  const live = useLive()
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => filtersOf(route.query))
  const fresh = shallowRef<ReadonlySet<string>>(new Set())
  const waiting = ref(0)

  const pages = usePages<LeadView>(
    (cursor, signal) => get<Page<LeadView>>('/analytics/leads', paramsOf(filters.value, cursor), signal),
    (lead) => lead.lead_id,
  )

  function apply(next: LeadFilters): void {
    void router.push({ name: 'leads', query: queryOf(next) })
  }

  function reload(): void {
    waiting.value = 0
    fresh.value = new Set()
    void pages.reload()
  }

  /** The server decides whether a new lead passes the filters: only newest-first lists grow at their top. */
  const refresh = useThrottle(async () => {
    const before = new Set(pages.items.value.map((lead) => lead.lead_id))
    await pages.refreshHead()
    const arrived = pages.items.value.map((lead) => lead.lead_id).filter((id) => !before.has(id))
    if (arrived.length > 0) fresh.value = new Set(arrived)
  }, 1_000)

  /** A lead is scored soon after it arrived; the list then reads its head again. */
  const scored = useTrailing(() => grows() && refresh(), 2_000)

  const grows = () => filters.value.sort === 'created_at_desc'
  function onLead(): void {
    if (!grows()) return void waiting.value++
    refresh()
    scored()
  }

  watch(() => JSON.stringify(queryOf(filters.value)), reload, { immediate: true })
  watch(() => live.opened, () => grows() && refresh())
  onScopeDispose(live.on('lead', onLead))

  return { ...pages, filters, fresh, waiting, apply, reload }
}
