import { describe, expect, it } from 'vitest'
import * as f from './format'

describe('format', () => {
  it('showsADashForWhatIsAbsent', () => {
    const absent = [f.formatCount(null), f.formatDuration(undefined), f.formatMoney(null, 'EUR'), f.formatDateTime(''), f.formatCountry(null), f.formatWord(null), f.formatPage(null), f.formatAge(Number.NaN)]
    expect(new Set(absent)).toEqual(new Set([f.NONE]))
  })

  it('groupsDigits', () => {
    expect(f.formatCount(1234567).replace(/\D/g, '')).toBe('1234567')
    expect(f.formatCount(1234567).length).toBeGreaterThan(7)
  })

  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min 00 s'],
    [185, '3 min 05 s'],
    [7_800, '2 h 10 min'],
    [273_600, '3 d 4 h'],
    [-1, f.NONE],
  ])('writesDurationsInTwoUnits: %d s', (seconds, text) => expect(f.formatDuration(seconds)).toBe(text))

  it.each([
    [12, '12 ms'],
    [1_500, /^1[.,]5 s$/],
    [14_200, '14 s'],
  ])('writesShortAgesPrecisely: %d ms', (millis, text) => expect(f.formatAge(millis)).toMatch(text))

  it('knowsHowManyMinorUnitsACurrencyHas', () => {
    expect(f.formatMoney(129_900, 'EUR').replace(/[^\d]/g, '')).toBe('129900')
    expect(f.formatMoney(5_000, 'jpy').replace(/[^\d]/g, '')).toBe('5000')
    expect(f.formatMoney(5_000, 'not a currency')).toMatch(/5.?000/)
  })

  it('carriesLocalTimesThereAndBack', () => {
    const iso = '2026-03-29T10:30:00.000Z'
    expect(f.fromLocalInput(f.toLocalInput(iso))).toBe(iso)
    expect(f.toLocalInput('nonsense')).toBe('')
    expect(f.fromLocalInput('')).toBe('')
  })

  it('namesTheDayOfAMomentThatIsNotToday', () => {
    const today = new Date(2026, 10, 21, 12)
    const short = f.formatRecent(new Date(2026, 10, 21, 9).toISOString(), today)
    const yesterday = f.formatRecent(new Date(2026, 10, 20, 9).toISOString(), today)
    expect(yesterday).toContain('20')
    expect(short).not.toContain('2026')
    expect(f.formatRecent(new Date(2025, 10, 20, 9).toISOString(), today)).toContain('2025')
  })

  it('leavesTheHostOfAPageOut', () => {
    expect(f.formatPage('https://example.org/a?b=1')).toBe('/a?b=1')
    expect(f.formatPage('https://example.org')).toBe('https://example.org')
    expect(f.formatPage('/a')).toBe('/a')
  })

  it('makesWordsAndCountriesReadable', () => {
    expect(f.formatWord('appointment_scheduled')).toBe('Appointment scheduled')
    expect(f.formatCountry('SE')).not.toBe('SE')
    expect(f.formatCountry('Atlantis')).toBe('Atlantis')
    expect(f.formatShare(1, 0)).toBe(f.NONE)
  })
})
