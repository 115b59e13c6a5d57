import { beforeEach, expect, it, vi } from 'vitest'
import { Engagement, type Interval } from './engagement'

function told() {
  const intervals: Interval[] = []
  const engagement = new Engagement((one) => intervals.push(one))
  const at = (millis: number) => {
    vi.setSystemTime(millis)
    return engagement
  }
  return { intervals, at }
}

beforeEach(() => {
  vi.useFakeTimers()
})

it('tells every moment once, however often it is asked', () => {
  const { intervals, at } = told()

  at(1000).touched()
  at(21_000).cut()
  at(30_000).touched()
  at(41_000).cut()
  at(41_000).cut()
  at(45_000).left()
  at(60_000).cut()

  expect(intervals).toEqual([
    { from: 1000, to: 21_000 },
    { from: 21_000, to: 41_000 },
    { from: 41_000, to: 45_000 },
  ])
})

it('ends a minute after the last input, and begins again with the next', () => {
  const { intervals, at } = told()

  at(0).touched()
  at(50_000).cut()
  at(100_000).cut()
  at(200_000).cut()
  at(300_000).touched()
  at(400_000).touched()
  at(410_000).left()

  expect(intervals).toEqual([
    { from: 0, to: 50_000 },
    { from: 50_000, to: 60_000 },
    { from: 300_000, to: 360_000 },
    { from: 400_000, to: 410_000 },
  ])
})

it('says nothing of a page that nobody looked at', () => {
  const { intervals, at } = told()

  at(1000).cut()
  at(2000).left()

  expect(intervals).toEqual([])
})
