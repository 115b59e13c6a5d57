import { describe, expect, it } from 'vitest'
import { fillDays } from './overview'
import { floorTo, nextBucket, toVolume, type VolumeRow } from './volume'

function row(bucket: Date, key: string | null, submissions: number, accepted = submissions): VolumeRow {
  return {
    bucket: bucket.toISOString(), key, submissions, accepted, duplicate: submissions - accepted,
    blocked: 0, test: 0, refused: 0, quarantined: 0, leads: accepted,
  }
}

const at = (hour: number) => new Date(2026, 10, 20, hour)

describe('toVolume', () => {
  it('fillsBucketsInWhichNothingHappened', () => {
    const volume = toVolume([row(at(9), 'a', 3), row(at(12), 'a', 1)], 'source', 'submissions', 'hour', at(8), at(13))
    expect(volume.buckets).toEqual([8, 9, 10, 11, 12].map((hour) => at(hour).getTime()))
    expect(volume.series).toEqual([{ name: 'a', values: [0, 3, 0, 0, 1], total: 4, colour: 1 }])
  })

  it('gathersWhatIsBeyondTheEightLargestKeys', () => {
    const rows = Array.from({ length: 11 }, (_, i) => row(at(8), `k${String(i).padStart(2, '0')}`, 100 - i))
    const { series } = toVolume(rows, 'source', 'submissions', 'hour', at(8), at(9))
    expect(series).toHaveLength(9)
    expect(series.at(-1)).toMatchObject({ name: '3 others', total: 92 + 91 + 90, colour: 0 })
    expect(series.reduce((sum, one) => sum + one.total, 0)).toBe(rows.reduce((sum, one) => sum + one.submissions, 0))
  })

  it('keepsTheColourOfAKeyWhenAnotherOneTakesTheLead', () => {
    const colours = (a: number, b: number) =>
      new Map(
        toVolume([row(at(8), 'a', a), row(at(8), 'b', b)], 'source', 'submissions', 'hour', at(8), at(9)).series.map(
          (series) => [series.name, series.colour],
        ),
      )
    expect(colours(9, 1)).toEqual(colours(1, 9))
  })

  it('stacksOutcomesOfTheTotalsAndNamesTheUnknown', () => {
    const outcomes = toVolume([row(at(8), null, 5, 3)], 'outcome', 'submissions', 'hour', at(8), at(9)).series
    expect(outcomes.map(({ name, total }) => [name, total])).toEqual([['accepted', 3], ['duplicate', 2]])
    expect(toVolume([row(at(8), null, 5)], 'country', 'leads', 'hour', at(8), at(9)).series[0]!.name).toBe('unknown')
  })
})

describe('buckets', () => {
  it('startWhereTheLocalCalendarSaysSo', () => {
    const moment = new Date(2026, 10, 21, 15, 44, 10) // a Saturday
    expect(floorTo('15m', moment)).toEqual(new Date(2026, 10, 21, 15, 30))
    expect(floorTo('day', moment)).toEqual(new Date(2026, 10, 21))
    expect(floorTo('week', moment)).toEqual(new Date(2026, 10, 16))
    expect(floorTo('month', moment)).toEqual(new Date(2026, 10, 1))
    expect(nextBucket('month', new Date(2026, 11, 1))).toEqual(new Date(2027, 0, 1))
    expect(nextBucket('day', new Date(2026, 2, 29))).toEqual(new Date(2026, 2, 30))
  })
})

describe('fillDays', () => {
  it('hasEveryDayUpToTodayOnce', () => {
    const day = { date: '2026-02-28', total_sessions: 4, unique_visitors: 2, avg_duration: 1, avg_engagement: 1 }
    const days = fillDays([day], 4, '2026-03-02')
    expect(days.map((one) => [one.date, one.total_sessions])).toEqual([
      ['2026-02-27', 0], ['2026-02-28', 4], ['2026-03-01', 0], ['2026-03-02', 0],
    ])
  })
})
