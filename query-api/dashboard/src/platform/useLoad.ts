import { onScopeDispose, ref, shallowRef } from 'vue'
import { isAbort, Problem, type Answer } from './api'

/**
 * One thing read from the server: data, freshness, and the problem if the last try failed.
 * Older data stays visible while newer is loading or failing; a newer `run` aborts an older one.
 */
export function useLoad<T>(load: (signal: AbortSignal) => Promise<Answer<T>>) {
  const data = shallowRef<T | null>(null)
  const asOf = ref<string | null>(null)
  const problem = shallowRef<Problem | null>(null)
  const loading = ref(false)
  let current: AbortController | null = null

  async function run(): Promise<void> {
    current?.abort()
    const mine = new AbortController()
    current = mine
    loading.value = true
    try {
      const answer = await load(mine.signal)
      if (mine.signal.aborted) return
      data.value = answer.data
      asOf.value = answer.asOf
      problem.value = null
    } catch (cause) {
      if (!isAbort(cause) && !mine.signal.aborted) problem.value = asProblem(cause)
    } finally {
      if (current === mine) loading.value = false
    }
  }

  onScopeDispose(() => current?.abort())
  return { data, asOf, problem, loading, run }
}

export function asProblem(cause: unknown): Problem {
  return cause instanceof Problem ? cause : new Problem(0, 'Something went wrong in this page', String(cause))
}
