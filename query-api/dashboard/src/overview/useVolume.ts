import { computed, watch } from 'vue'
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

  const { data, asOf, problem, loading, run } = useLoad(async (signal) => {
    const to = new Date()
    const from = floorTo(grain.value, new Date(to.getTime() - range.value.hours * 3_600_000))
    // What is shown is what was asked for, also while something else is being loaded.
    const asked = { range: range.value, grain: grain.value, by: by.value, from, to }
    const answer = await get<VolumeRow[]>(
      '/analytics/leads/volume',
      { grain: asked.grain, by: asked.by === 'outcome' ? 'none' : asked.by, from: from.toISOString(), zone: zoneId() },
      signal,
    )
    return { ...answer, data: { ...asked, rows: answer.data } }
  })

  const volume = computed(() => {
    const shown = data.value
    if (!shown) return null
    const { rows, by, grain, from, to } = shown
    return { ...shown, measure: measure.value, ...toVolume(rows, by, measure.value, grain, from, to) }
  })

  function choose(query: Record<string, string>): void {
    void router.replace({ query: { ...route.query, ...query } })
  }

  watch([() => range.value.value, grain, by], () => void run())
  return { range, grains, grain, by, measure, volume, asOf, problem, loading, run, choose }
}
