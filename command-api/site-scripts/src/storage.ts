export type Kind = 'localStorage' | 'sessionStorage'

/** Storage may be forbidden or full; then everything lasts as long as the page. */
export function kept(kind: Kind, key: string): string | null {
  try {
    return window[kind].getItem(key)
  } catch {
    return null
  }
}

/** Whatever else is there counts as nothing. */
export function keptJson<T>(kind: Kind, key: string): T | undefined {
  try {
    return (JSON.parse(kept(kind, key) ?? '') as T | null) ?? undefined
  } catch {
    return undefined
  }
}

/**
 * @param value nothing takes away what is there
 * @returns whether it is kept
 */
export function keep(kind: Kind, key: string, value?: string): boolean {
  try {
    if (value === undefined) window[kind].removeItem(key)
    else window[kind].setItem(key, value)
    return true
  } catch {
    return false
  }
}
