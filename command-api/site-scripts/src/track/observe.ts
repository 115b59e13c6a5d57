import { cleanUrl } from './privacy'
import type { Tracked } from './queue'

/** What visitors do in a page, as events. Values of fields are never looked at. */

const MOUSE_MILLIS = 100
const SCROLL_MILLIS = 250
const ACTIONABLE = '[data-track],a,button,input,select,textarea,label,summary,[role=button]'

export type Details = Partial<Pick<Tracked, 'x' | 'y' | 'element' | 'scroll_percent' | 'data'>>
export type Tell = (type: string, details?: Details) => void

/** @param touched is called with every input of a person */
export function observe(tell: Tell, touched: () => void) {
  const on = <E extends Event>(type: string, then: (event: E) => void, target: EventTarget = document) =>
    target.addEventListener(type, then as EventListener, { capture: true, passive: true })

  for (const type of ['pointerdown', 'keydown', 'wheel', 'touchmove', 'pointermove']) on(type, touched)
  on<MouseEvent>('click', (event) => tell('click', { ...place(event), element: nameOf(event.target) }))
  on('mousemove', throttled(MOUSE_MILLIS, (event: MouseEvent) => tell('mousemove', place(event))))
  on(
    'scroll',
    throttled(SCROLL_MILLIS, () => {
      touched()
      tell('scroll', { scroll_percent: scrolled() })
    }),
  )
  navigations(tell)
}

const place = (event: MouseEvent) => ({ x: Math.round(event.pageX), y: Math.round(event.pageY) })

/** @returns 0 at the top, 100 at the end */
function scrolled(): number {
  const way = document.documentElement.scrollHeight - innerHeight
  return way > 0 ? Math.min(100, Math.max(0, Math.round((scrollY / way) * 100))) : 100
}

/** At once, and then at most once in `millis`; the last call is never lost. */
export function throttled<T>(millis: number, then: (of: T) => void): (of: T) => void {
  let before = -Infinity
  let timer: ReturnType<typeof setTimeout> | undefined
  return (of) => {
    clearTimeout(timer)
    const wait = before + millis - Date.now()
    const now = () => {
      before = Date.now()
      then(of)
    }
    if (wait <= 0) now()
    else timer = setTimeout(now, wait)
  }
}

/** What was clicked, by how the page is built; `data-track` names it. */
export function nameOf(target: EventTarget | null): string | undefined {
  if (!(target instanceof Element)) return undefined
  const element = target.closest<HTMLElement>(ACTIONABLE) ?? target
  const named = element.getAttribute('data-track')
  if (named) return named
  const classes = [...element.classList].slice(0, 2).map((one) => `.${one}`)
  return element.tagName.toLowerCase() + (element.id ? `#${element.id}` : classes.join(''))
}

/** Applications that change their page without loading one. */
function navigations(tell: Tell) {
  let url = location.href
  const moved = (kind: string) => {
    const from = url
    url = location.href
    if (from === url) return
    tell('navigation', { data: { from: cleanUrl(from), to: cleanUrl(url), kind } })
    if (routeOf(from, kind) !== routeOf(url, kind)) tell('page_view')
  }
  for (const kind of ['pushState', 'replaceState'] as const) {
    const original = history[kind]
    history[kind] = function (this: History, ...to: Parameters<History['pushState']>) {
      original.apply(this, to)
      moved(kind)
    }
  }
  for (const kind of ['popstate', 'hashchange']) addEventListener(kind, () => moved(kind))
}

/** What makes a page another one: not its anchors, and not what `replaceState` notes in the query. */
function routeOf(url: string, kind: string): string {
  const { pathname, search, hash } = new URL(url)
  return pathname + (kind === 'replaceState' ? '' : search) + (/^#!?\//.test(hash) ? hash : '')
}
