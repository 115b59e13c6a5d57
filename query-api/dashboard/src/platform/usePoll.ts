import { onMounted, onScopeDispose, readonly, ref } from 'vue'

/** Runs `work` now and `millis` after each end of it, as long as the page is visible. */
export function usePoll(work: () => Promise<void>, millis: number): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let running = false
  let disposed = false

  async function tick(): Promise<void> {
    clearTimeout(timer)
    if (running || disposed || document.hidden) return
    running = true
    try {
      await work()
    } finally {
      running = false
      if (!disposed) timer = setTimeout(() => void tick(), millis)
    }
  }

  const onVisible = () => void tick()
  onMounted(() => {
    document.addEventListener('visibilitychange', onVisible)
    void tick()
  })
  onScopeDispose(() => {
    disposed = true
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisible)
  })
}

/** Calls `work` soon after it is asked for, but at most once per `millis`; the last request is never lost. */
export function useThrottle(work: () => void, millis: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = 0
  onScopeDispose(() => clearTimeout(timer))
  return () => {
    if (timer !== undefined) return
    timer = setTimeout(
      () => {
        timer = undefined
        last = Date.now()
        work()
      },
      Math.max(0, last + millis - Date.now()),
    )
  }
}

/** Calls `work` once, `millis` after the first of the requests since the last call. */
export function useTrailing(work: () => void, millis: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  onScopeDispose(() => clearTimeout(timer))
  return () => {
    timer ??= setTimeout(() => {
      timer = undefined
      work()
    }, millis)
  }
}

/** The current time in milliseconds, moving once a second. */
export function useNow() {
  const now = ref(Date.now())
  const timer = setInterval(() => (now.value = Date.now()), 1_000)
  onScopeDispose(() => clearInterval(timer))
  return readonly(now)
}
