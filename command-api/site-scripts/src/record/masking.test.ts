import { describe, expect, it } from 'vitest'
import { masked } from './masking'

const snapshot = (...childNodes: object[]) => ({ type: 2, timestamp: 1, data: { node: { type: 0, childNodes } } })
const element = (tagName: string, attributes: object, ...childNodes: object[]) => ({ type: 2, tagName, attributes, childNodes })
const attributesOf = (event: ReturnType<typeof snapshot>) =>
  event.data.node.childNodes.map((node) => (node as { attributes: object }).attributes)

describe('a recording', () => {
  it('has of fields not even the length, whatever their type', () => {
    const event = snapshot(
      element('input', { type: 'text', value: 'Ada' }),
      element('input', { type: 'hidden', value: 'csrf-token-of-the-session' }),
      element('input', { type: 'checkbox', value: 'diabetes', checked: true }),
      element('input', { type: 'text', value: '' }),
      element('input', { type: 'submit', value: 'Send' }),
      element('textarea', { value: 'Dear …' }),
      element('option', { value: 'a', selected: true }),
    )

    expect(attributesOf(masked(event))).toEqual([
      { type: 'text', value: '********' },
      { type: 'hidden', value: '********' },
      { type: 'checkbox', value: '********' },
      { type: 'text', value: '' },
      { type: 'submit', value: 'Send' },
      { value: '********' },
      { value: 'a' },
    ])
  })

  it('has no secrets of the page', () => {
    const event = snapshot(
      element('meta', { name: 'csrf-token', content: 'abc' }),
      element('meta', { name: 'description', content: 'A shop' }),
      element('div', { 'data-api-key': 'k', 'data-page': '2' }, element('a', { href: 'https://x.test/?token=abc&a=1' })),
    )

    const told = JSON.stringify(masked(event))

    expect(told).not.toMatch(/abc|"k"/)
    expect(told).toContain('A shop')
    expect(told).toContain('token=********&a=1')
  })

  it('tells that something was typed or ticked, and not what', () => {
    const typed = masked({ type: 3, timestamp: 1, data: { source: 5, id: 7, text: 'Ada', isChecked: false } })
    const ticked = masked({ type: 3, timestamp: 1, data: { source: 5, id: 8, text: 'on', isChecked: true } })

    expect(typed.data).toEqual({ source: 5, id: 7, text: '********', isChecked: false })
    expect(ticked.data).toEqual({ source: 5, id: 8, text: '********', isChecked: false })
  })

  it('is masked where the page changes, too', () => {
    const event = masked({
      type: 3,
      timestamp: 1,
      data: {
        source: 0,
        texts: [],
        removes: [],
        adds: [{ parentId: 1, node: element('input', { type: 'email', value: 'ada@example.org' }) }],
        attributes: [{ id: 3, attributes: { checked: '', class: 'on', href: '/?token=abc' } }],
      },
    })

    expect(JSON.stringify(event)).not.toMatch(/ada@|checked|abc/)
  })

  it('tells addresses of pages without secrets', () => {
    const meta = masked({ type: 4, timestamp: 1, data: { href: 'https://x.test/reset?token=abc', width: 1, height: 1 } })

    expect(meta.data.href).toBe('https://x.test/reset?token=********')
  })
})
