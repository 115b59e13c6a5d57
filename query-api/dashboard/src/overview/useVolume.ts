import { computed, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { useGet } from '../platform/auth'
import { zoneId } from '../platform/format'
import { useLoad } from '../platform/useLoad'
import { BYS, floorTo, MEASURES, RANGES, toVolume, type Grain, type VolumeRow } from './volume'

/** Lead volume over time as the URL asks for it: range, grain, by, measure. */
export function useVolume() {
  const get = useGet()
  const route = useRoute()
  const router = useRouter()

  const range = computed(() => RANGES.find((known) => known.value === route.query.range) ?? RANGES[1])
  const grains = computed<readonly Grain[]>(() => range.value.grains)
  const grain = computed(() => grains.value.find((known) => known === route.query.grain) ?? grains.value[0]!)
  const by = computed(() => BYS.find((known) => known === route.query.by) ?? 'source')
  const measure = computed(() => MEASURES.find((known) => known === route.query.measure) ?? 'submissions')
  const span = shallowRef({ from: new Date(), to: new Date() })

  const { data, asOf, problem, loading, run } = useLoad((signal) => {
    const to = new Date()
    span.value = { from: floorTo(grain.value, new Date(to.getTime() - range.value.hours * 3_600_000)), to }
    return get<VolumeRow[]>(
      '/analytics/leads/volume',
      {
        grain: grain.value,
        by: by.value === 'outcome' ? 'none' : by.value,
        from: span.value.from.toISOString(),
        zone: zoneId(),
      },
      signal,
    )
  })

  const volume = computed(() =>
    data.value
      ? toVolume(data.value, by.value, measure.value, grain.value, span.value.from, span.value.to)
      : null,
  )

  function choose(query: Record<string, string>): void {
    void router.replace({ query: { ...route.query, ...query } })
  }

  watch([() => range.value.value, grain, by], () => void run())
  return { range, grains, grain, by, measure, volume, asOf, problem, loading, run, choose }
}
