import { afterEach, describe, expect, it } from 'vitest'
import { bucketLabels, floorTo, nextBucket, toVolume, type Grain, type VolumeRow } from './volume'

/** Days that begin at one o'clock, and nights that have an hour twice: each test sets its zone. */
const before = process.env.TZ
afterEach(() => {
  process.env.TZ = before
})

function starts(grain: Grain, from: string, count: number): string[] {
  const all = []
  for (let at = floorTo(grain, new Date(from)); all.length < count; at = nextBucket(grain, at)) all.push(at.toISOString())
  return all
}

describe('buckets of a zone whose clocks change at midnight', () => {
  it('beginWhereTheServerSaysSo', () => {
    process.env.TZ = 'America/Santiago' // 2026-09-06 begins at 01:00
    expect(starts('day', '2026-09-05T12:00:00Z', 4)).toEqual([
      '2026-09-05T04:00:00.000Z', '2026-09-06T04:00:00.000Z', '2026-09-07T03:00:00.000Z', '2026-09-08T03:00:00.000Z',
    ])
    expect(floorTo('week', new Date('2026-09-06T12:00:00Z')).toISOString()).toBe('2026-08-31T04:00:00.000Z')
    expect(floorTo('month', new Date('2026-09-06T12:00:00Z')).toISOString()).toBe('2026-09-01T04:00:00.000Z')
  })

  it('areNotDoubledByTheRowsOfTheServer', () => {
    process.env.TZ = 'America/Santiago'
    const rows = ['2026-09-05T04:00:00Z', '2026-09-06T04:00:00Z', '2026-09-07T03:00:00Z'].map((bucket): VolumeRow => ({
      bucket, key: 'a', submissions: 1, accepted: 1, duplicate: 0, blocked: 0, test: 0, refused: 0, quarantined: 0, leads: 1,
    }))
    const volume = toVolume(rows, 'source', 'submissions', 'day', new Date('2026-09-05T04:00:00Z'), new Date('2026-09-07T12:00:00Z'))
    expect(volume.buckets).toHaveLength(3)
    expect(volume.series[0]!.values).toEqual([1, 1, 1])
  })
})

describe('labels', () => {
  it('tellTheTwoHoursOfAnAutumnNightApart', () => {
    process.env.TZ = 'Europe/Berlin'
    const buckets = ['2026-10-24T23:00:00Z', '2026-10-25T00:00:00Z', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00Z'].map(Date.parse)
    const labels = bucketLabels('hour', '24h', buckets, 'en')
    expect(new Set(labels).size).toBe(4)
    expect(labels[1]).toContain('GMT+2')
    expect(labels[2]).toContain('GMT+1')
    expect(labels[3]).not.toContain('GMT')
  })

  it('tellTheSameHourOfTwoDaysApart', () => {
    process.env.TZ = 'UTC'
    const buckets = Array.from({ length: 25 }, (_, i) => Date.parse('2026-11-20T14:00:00Z') + i * 3_600_000)
    const labels = bucketLabels('hour', '24h', buckets, 'en')
    expect(new Set(labels).size).toBe(25)
    expect(labels[0]).toContain('Nov 20')
    expect(labels[1]).not.toContain('Nov')
  })
})
