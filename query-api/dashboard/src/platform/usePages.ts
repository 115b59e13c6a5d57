import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { isAbort, type Answer, type Page, type Problem } from './api'
import { asProblem } from './useLoad'

/** A list that only grew at its top starts over beyond this; what one asked for by "load more" stays. */
const MOST_ITEMS = 500

/**
 * A keyset-paged list that grows by "load more". `refreshHead` reads the first page again and puts
 * what is new on top; when more arrived than one page holds, the list starts over rather than hide a gap.
 * "Load more" goes first: a refresh that it interrupts is done after it.
 */
export function usePages<T>(
  fetchPage: (cursor: string | null, signal: AbortSignal) => Promise<Answer<Page<T>>>,
  idOf: (item: T) => string,
) {
  const items = shallowRef<T[]>([])
  const next = ref<string | null>(null)
  const asOf = ref<string | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  const refreshing = ref(false)
  /** Something is read that one waits for, not the head again. */
  const reading = computed(() => loading.value && !refreshing.value)
  const loaded = ref(false)
  const empty = computed(() => loaded.value && items.value.length === 0)
  let current: AbortController | null = null
  let headWanted = false
  let extended = false

  async function read(cursor: string | null, use: (page: Page<T>) => void): Promise<void> {
    current?.abort()
    const mine = new AbortController()
    current = mine
    loading.value = true
    try {
      const answer = await fetchPage(cursor, mine.signal)
      if (mine.signal.aborted) return
      use(answer.data)
      asOf.value = answer.asOf
      problem.value = null
      loaded.value = true
    } catch (cause) {
      if (!isAbort(cause) && !mine.signal.aborted) problem.value = asProblem(cause)
    } finally {
      if (current === mine) {
        loading.value = false
        refreshing.value = false
        if (headWanted) void refreshHead()
      }
    }
  }

  function startOver(page: Page<T>): void {
    items.value = page.items
    next.value = page.next_cursor
    extended = false
  }

  /** Forgets the list and reads its first page. */
  function reload(): Promise<void> {
    items.value = []
    next.value = null
    loaded.value = false
    headWanted = false
    refreshing.value = false
    return read(null, startOver)
  }

  async function more(): Promise<void> {
    if (!next.value || reading.value) return
    headWanted ||= refreshing.value
    refreshing.value = false
    await read(next.value, (page) => {
      const known = new Set(items.value.map(idOf))
      items.value = [...items.value, ...page.items.filter((item) => !known.has(idOf(item)))]
      next.value = page.next_cursor
      extended = true
    })
  }

  async function refreshHead(): Promise<void> {
    headWanted = loading.value
    if (headWanted) return
    refreshing.value = true
    await read(null, (page) => {
      const fresh = new Set(page.items.map(idOf))
      const meets = items.value.some((item) => fresh.has(idOf(item)))
      if (!meets) return startOver(page)
      const all = [...page.items, ...items.value.filter((item) => !fresh.has(idOf(item)))]
      if (all.length > MOST_ITEMS && !extended) return startOver(page)
      items.value = all
    })
  }

  onScopeDispose(() => {
    headWanted = false
    current?.abort()
  })
  return { items, next, asOf, problem, loading, reading, loaded, empty, reload, more, refreshHead }
}
