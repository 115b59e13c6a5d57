import { describe, expect, it } from 'vitest'
import { bodyOf, NOTHING_ASKED, type Asked } from './asked'
import type { Action } from './rebuild'

describe('what is asked for', () => {
  it.each<[Action, Partial<Asked>, Record<string, unknown>]>([
    ['rebuild', {}, {}],
    ['rebuild', { from: 'archive' }, { from: 'archive' }],
    ['verify', { maxRate: ' 5 ', expected: 'a.b  c' }, { max_rate: 5, expected: ['a.b', 'c'] }],
    ['verify', { keys: 'many' }, {}],
    ['sample', {}, { sample: 25 }],
    ['sample', { keys: ' 1000 ', from: 'archive', maxRate: '5', expected: 'a' }, { sample: 1_000 }],
    ['rollback', { maxRate: '0', generation: '3' }, {}],
    ['retire', { generation: '3' }, { generation: 3 }],
    ['retire', {}, {}],
  ])('isSaidWithoutWhatWasLeftEmpty: %s %j', (action, asked, body) => {
    expect(bodyOf(action, { ...NOTHING_ASKED, ...asked })).toEqual({ body })
  })

  it.each<[Action, Partial<Asked>, string]>([
    ['rebuild', { maxRate: '0' }, 'Records per second'],
    ['verify', { maxRate: '1.5' }, 'Records per second'],
    ['sample', { keys: '' }, 'from 1 to 1,000'],
    ['sample', { keys: '0' }, 'from 1 to 1,000'],
    ['sample', { keys: '1001' }, 'from 1 to 1,000'],
    ['sample', { keys: '1e2' }, 'from 1 to 1,000'],
  ])('isToldWhenItIsWrong: %s %j', (action, asked, mistake) => {
    expect(bodyOf(action, { ...NOTHING_ASKED, ...asked })).toEqual({ mistake: expect.stringContaining(mistake) })
  })
})
