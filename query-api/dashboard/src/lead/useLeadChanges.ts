import { onScopeDispose, watch } from 'vue'
import { useLive } from '../platform/live'
import { useThrottle } from '../platform/usePoll'
import type { LeadView } from './lead'

/** Calls `changed` when the stream reports this lead again, or when something may have been missed. */
export function useLeadChanges(id: string, changed: () => void): void {
  const live = useLive()
  const refresh = useThrottle(changed, 1_000)
  onScopeDispose(
    live.on('lead', (data) => {
      if ((data as LeadView).lead_id === id) refresh()
    }),
  )
  watch(() => live.opened, refresh)
}
