import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { getJson, Problem, sendJson, type Answer, type Params, type Written } from './api'

export type Role = 'admin' | 'marketing'

interface Me {
  role: Role
  pages: string[]
}

/** Name of the session-storage entry: the key lives as long as the tab and no longer. */
const STORED = 'headwater.key'

/** Who is signed in: the key, its role, and why the last one was turned away. */
export const useAuth = defineStore('auth', () => {
  const key = ref<string | null>(null)
  const role = ref<Role | null>(null)
  const pages = ref<string[]>([])
  const refusal = ref<string | null>(null)
  const signedIn = computed(() => role.value !== null)
  const isAdmin = computed(() => role.value === 'admin')

  /** Asks the server who this key is, and keeps it for the tab when it is someone. */
  async function signIn(candidate: string): Promise<void> {
    const { data } = await getJson<Me>('/analytics/me', candidate)
    key.value = candidate
    role.value = data.role
    pages.value = data.pages
    refusal.value = null
    sessionStorage.setItem(STORED, candidate)
  }

  /** Signs in again after a reload of the page. False: someone has to sign in. */
  async function restore(): Promise<boolean> {
    if (signedIn.value) return true
    const stored = sessionStorage.getItem(STORED)
    if (!stored) return false
    try {
      await signIn(stored)
      return true
    } catch (cause) {
      if (cause instanceof Problem && cause.status === 401) expire()
      else refusal.value = cause instanceof Problem ? cause.message : String(cause)
      return false
    }
  }

  function signOut(): void {
    key.value = null
    role.value = null
    pages.value = []
    refusal.value = null
    sessionStorage.removeItem(STORED)
  }

  /** Whether this key opens a page of the dashboard. */
  function opens(page: string): boolean {
    return pages.value.includes(page)
  }

  /** The server stopped accepting the key in the middle of the work. */
  function expire(): void {
    signOut()
    refusal.value = 'Your key is no longer accepted. It may have been revoked; sign in with a valid one.'
  }

  return { key, role, refusal, signedIn, isAdmin, opens, signIn, restore, signOut, expire }
})

export type Get = <T>(path: string, params?: Params, signal?: AbortSignal) => Promise<Answer<T>>

/** GET as the one who is signed in; a 401 signs out, which leads back to the sign-in page. */
export function useGet(): Get {
  const auth = useAuth()
  return async <T>(path: string, params?: Params, signal?: AbortSignal) => {
    try {
      return await getJson<T>(path, auth.key ?? '', params, signal)
    } catch (cause) {
      if (cause instanceof Problem && cause.status === 401) auth.expire()
      throw cause
    }
  }
}

export type Send = (method: 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, idempotencyKey?: string) => Promise<Written>

/** A write as the one who is signed in. */
export function useSend(): Send {
  const auth = useAuth()
  return async (method, path, body, idempotencyKey = newId()) => {
    try {
      return await sendJson(method, path, auth.key ?? '', body, idempotencyKey)
    } catch (cause) {
      if (cause instanceof Problem && cause.status === 401) auth.expire()
      throw cause
    }
  }
}

/** Also where the page is no secure context, which has no `randomUUID`. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
