import { onScopeDispose } from 'vue'

/** How long a page may be hidden and keep its connection. */
const PATIENCE_MILLIS = 60_000

/**
 * Browsers allow six connections per host over all tabs, and keep pages one has left in memory:
 * a page that nobody looks at gives its connection back, and opens it again when it is shown.
 */
export function usePageVisibility(shown: () => void, left: () => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined

  function onVisibility(): void {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(left, PATIENCE_MILLIS)
    else shown()
  }
  function onHide(): void {
    clearTimeout(timer)
    left()
  }

  document.addEventListener('visibilitychange', onVisibility)
  window.addEventListener('pagehide', onHide)
  window.addEventListener('pageshow', onVisibility)
  onScopeDispose(() => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', onVisibility)
    window.removeEventListener('pagehide', onHide)
    window.removeEventListener('pageshow', onVisibility)
  })
}
