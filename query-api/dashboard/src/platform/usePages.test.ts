import { effectScope } from 'vue'
import { describe, expect, it, vi } from 'vitest'
import type { Answer, Page } from './api'
import { usePages } from './usePages'

interface Item {
  id: string
}

function answer(ids: string[], next: string | null): Answer<Page<Item>> {
  return { data: { items: ids.map((id) => ({ id })), next_cursor: next }, asOf: null, generation: null }
}

/** A list over pages by cursor; the test may change the pages between calls. */
function list(pages: Record<string, Answer<Page<Item>>>) {
  const scope = effectScope()
  return scope.run(() => usePages<Item>(async (cursor) => pages[cursor ?? 'head']!, (item) => item.id))!
}

describe('usePages', () => {
  it('putsWhatIsNewOnTopAndKeepsWhatWasLoaded', async () => {
    const pages: Record<string, Answer<Page<Item>>> = { head: answer(['c', 'b'], 'c1'), c1: answer(['a'], null) }
    const { items, next, reload, more, refreshHead } = list(pages)
    await reload()
    await more()
    pages.head = answer(['d', 'c'], 'c1')
    await refreshHead()
    expect(items.value.map((item) => item.id)).toEqual(['d', 'c', 'b', 'a'])
    expect(next.value).toBeNull()
  })

  it('startsOverRatherThanHideAGap', async () => {
    const pages: Record<string, Answer<Page<Item>>> = { head: answer(['b', 'a'], 'c1') }
    const { items, next, reload, refreshHead } = list(pages)
    await reload()
    pages.head = answer(['z', 'y'], 'c9')
    await refreshHead()
    expect(items.value.map((item) => item.id)).toEqual(['z', 'y'])
    expect(next.value).toBe('c9')
  })

  it('startsOverWhenItGrewTooLongByItself', async () => {
    const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => String(from - i))
    const pages: Record<string, Answer<Page<Item>>> = { head: answer(ids(300, 300), 'c1') }
    const { items, next, reload, refreshHead } = list(pages)
    await reload()
    pages.head = answer(ids(500, 300), 'c2')
    await refreshHead()
    expect(items.value).toHaveLength(500)
    pages.head = answer(ids(501, 300), 'c3')
    await refreshHead()
    expect(items.value.map((item) => item.id)).toEqual(ids(501, 300))
    expect(next.value).toBe('c3')
  })

  it('keepsALongListThatOneAskedFor', async () => {
    const ids = Array.from({ length: 500 }, (_, i) => `a${i}`)
    const pages: Record<string, Answer<Page<Item>>> = { head: answer(['b'], 'c1'), c1: answer(ids, null) }
    const { items, reload, more, refreshHead } = list(pages)
    await reload()
    await more()
    pages.head = answer(['c', 'b'], 'c1')
    await refreshHead()
    expect(items.value).toHaveLength(502)
  })

  it('loadsMoreAlsoWhileTheHeadIsBeingRefreshed', async () => {
    const pages: Record<string, Answer<Page<Item>>> = { head: answer(['b'], 'c1'), c1: answer(['a'], null) }
    const { items, reload, more, refreshHead } = list(pages)
    await reload()
    pages.head = answer(['c', 'b'], 'c1')
    const refreshing = refreshHead()
    await more()
    await refreshing
    await vi.waitFor(() => expect(items.value.map((item) => item.id)).toEqual(['c', 'b', 'a']), { timeout: 20_000 })
  })

  it('refreshesTheHeadAfterWhatIsBeingLoaded', async () => {
    const pages: Record<string, Answer<Page<Item>>> = { head: answer(['b'], 'c1'), c1: answer(['a'], null) }
    const { items, reload, more, refreshHead } = list(pages)
    await reload()
    const loading = more()
    pages.head = answer(['c', 'b'], 'c1')
    await refreshHead()
    await loading
    await vi.waitFor(() => expect(items.value.map((item) => item.id)).toEqual(['c', 'b', 'a']), { timeout: 20_000 })
  })
})
