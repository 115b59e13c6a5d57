import { flushPromises, mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { vi } from 'vitest'
import { type Component } from 'vue'
import { createMemoryHistory, type Router } from 'vue-router'
import { createDashboardRouter } from '../router'

/** Answers of a pretended server by path; a function sees the request and may answer with a status of its own. */
export type Routes = Record<string, unknown | ((url: URL, init: RequestInit) => Response | unknown)>

/** Replaces fetch for a test; unknown paths are 404 problems. Returns the requests made, in order. */
export function fakeServer(routes: Routes) {
  const requests: { url: URL; init: RequestInit }[] = []
  const fake = vi.fn(async (input: string, init: RequestInit = {}) => {
    const url = new URL(input, 'http://localhost')
    requests.push({ url, init })
    const route = routes[url.pathname]
    const answer = typeof route === 'function' ? await route(url, init) : route
    if (answer instanceof Response) return answer
    return answer === undefined ? problemResponse(404, { title: 'Not found' }) : jsonResponse(answer)
  })
  vi.stubGlobal('fetch', fake)
  return requests
}

export function jsonResponse(body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { headers: { 'X-As-Of': '2026-11-21T03:00:00Z', ...headers } })
}

export function problemResponse(status: number, body: object, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify({ status, ...body }), {
    status,
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  })
}

/** The answer to who a key is. */
export function me(role: string) {
  const open = ['overview', 'submissions', 'facts', 'sessions', 'projections']
  return { role, pages: role === 'admin' ? [...open, 'leads', 'quarantine', 'sources', 'webhooks'] : open }
}

/** A fresh store and router at `path`, signed in with `key` when one is given; the root is mounted and settled. */
export async function mountAt(path: string, root: Component, key?: string) {
  sessionStorage.clear()
  if (key) sessionStorage.setItem('headwater.key', key)
  const pinia = createPinia()
  setActivePinia(pinia)
  const router: Router = createDashboardRouter(createMemoryHistory())
  await router.push(path)
  const wrapper = mount(root, { global: { plugins: [pinia, router] }, attachTo: document.body })
  await settled()
  return { wrapper, router }
}

/** Runs what is pending: promises, lazy components, and the render after them. */
export async function settled(): Promise<void> {
  for (let i = 0; i < 5; i++) await flushPromises()
}
