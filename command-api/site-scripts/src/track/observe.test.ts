import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { clean } from '../fake-server'
import { type Details, nameOf, observe } from './observe'

const told: [string, Details | undefined][] = []
const touched = vi.fn()

beforeAll(() => observe((type, details) => told.push([type, details]), touched))

beforeEach(() => {
  vi.useFakeTimers()
  clean()
  history.replaceState({}, '', '/start')
  vi.advanceTimersByTime(1000)
  told.length = 0
  touched.mockClear()
})

const types = () => told.map(([type]) => type)

describe('what visitors do', () => {
  it('is a click at a place on something', () => {
    document.body.innerHTML = '<a class="more big red" href="/x"><b>Read</b></a>'
    const at = new MouseEvent('click', { bubbles: true })
    Object.defineProperties(at, { pageX: { value: 10.6 }, pageY: { value: 20 } })

    document.querySelector('b')!.dispatchEvent(at)

    expect(told).toEqual([['click', { x: 11, y: 20, element: 'a.more.big' }]])
  })

  it('never has the value of a field', () => {
    document.body.innerHTML = '<input id="card" value="4111111111111111"><input type="password" value="secret">'
    for (const input of document.querySelectorAll('input')) {
      input.dispatchEvent(new MouseEvent('click', { bubbles: true }))
      input.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, key: 's' }))
      input.dispatchEvent(new Event('input', { bubbles: true }))
    }

    expect(JSON.stringify(told)).not.toMatch(/4111|secret|"s"/)
    expect(types()).toEqual(['click', 'click'])
    expect(touched).toHaveBeenCalledTimes(2)
  })

  it('is named as the page wants it', () => {
    document.body.innerHTML = '<button data-track="buy" id="b">Buy</button><p id="text"></p>'

    expect(nameOf(document.querySelector('button'))).toBe('buy')
    expect(nameOf(document.querySelector('p'))).toBe('p#text')
    expect(nameOf(window)).toBeUndefined()
  })

  it('is the way of the mouse, every 100 ms, with the end of it', () => {
    for (let i = 0; i < 100; i++) {
      document.dispatchEvent(new MouseEvent('mousemove'))
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(1000)

    expect(types().filter((type) => type === 'mousemove')).toHaveLength(11)
  })

  it('is how far the page was scrolled, every 250 ms, with the end of it', () => {
    Object.defineProperty(document.documentElement, 'scrollHeight', { configurable: true, value: innerHeight + 1000 })
    for (const y of [0, 100, 900]) {
      Object.defineProperty(window, 'scrollY', { configurable: true, value: y })
      document.dispatchEvent(new Event('scroll'))
      vi.advanceTimersByTime(50)
    }
    vi.advanceTimersByTime(250)

    expect(told).toEqual([
      ['scroll', { scroll_percent: 0 }],
      ['scroll', { scroll_percent: 90 }],
    ])
  })

  it('is a page view when an application shows another page', () => {
    history.pushState({}, '', '/other?token=abc')

    expect(told).toEqual([
      ['navigation', { data: { from: expect.stringMatching(/\/start$/), to: expect.stringMatching(/\?token=\*{8}$/), kind: 'pushState' } }],
      ['page_view', undefined],
    ])
  })

  it.each([
    ['the same page again', () => history.pushState({}, '', '/start'), []],
    ['an anchor', () => history.pushState({}, '', '/start#part'), ['navigation']],
    ['a route in the fragment', () => history.pushState({}, '', '/start#/route'), ['navigation', 'page_view']],
    ['a note in the query', () => history.replaceState({}, '', '/start?filter=1'), ['navigation']],
    ['another query', () => history.pushState({}, '', '/start?page=2'), ['navigation', 'page_view']],
    ['another path', () => history.replaceState({}, '', '/else'), ['navigation', 'page_view']],
  ])('tells %s', (_, go, expected) => {
    go()
    expect(types()).toEqual(expected)
  })

  it('hears of the way back', () => {
    history.replaceState({}, '', '/back')
    told.length = 0
    // happy-dom moves without telling
    const back = vi.spyOn(window.location, 'href', 'get').mockReturnValue('http://localhost:3000/start')
    window.dispatchEvent(new Event('popstate'))
    back.mockRestore()

    expect(types()).toEqual(['navigation', 'page_view'])
  })
})
