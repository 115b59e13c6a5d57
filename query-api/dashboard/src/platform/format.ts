const locale = typeof navigator === 'undefined' ? 'en' : navigator.language || 'en'

/** What stands where a value is absent. */
export const NONE = '–'

const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const percents = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 })
const dateTimes = new Intl.DateTimeFormat(locale, {
  year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
})
const dayTimes = new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' })
const clockTimes = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' })

export function formatCount(value: number | null | undefined): string {
  return isNumber(value) ? integers.format(value) : NONE
}

export function formatDecimal(value: number | null | undefined): string {
  return isNumber(value) ? decimals.format(value) : NONE
}

export function formatCompact(value: number): string {
  return compact.format(value)
}

/** Share of a whole; absent when the whole is 0. */
export function formatShare(part: number, whole: number): string {
  return whole > 0 ? percents.format(part / whole) : NONE
}

/** Whole seconds as the two largest units: `45 s`, `3 min 05 s`, `2 h 10 min`, `3 d 4 h`. */
export function formatDuration(seconds: number | null | undefined): string {
  if (!isNumber(seconds) || seconds < 0) return NONE
  const s = Math.round(seconds)
  if (s < 60) return `${s} s`
  if (s < 3_600) return `${Math.floor(s / 60)} min ${pad(s % 60)} s`
  if (s < 86_400) return `${Math.floor(s / 3_600)} h ${pad(Math.floor((s % 3_600) / 60))} min`
  return `${integers.format(Math.floor(s / 86_400))} d ${Math.floor((s % 86_400) / 3_600)} h`
}

/** A short time in milliseconds below one second, else as `formatDuration`. */
export function formatAge(millis: number | null | undefined): string {
  if (!isNumber(millis) || millis < 0) return NONE
  if (millis < 1_000) return `${Math.round(millis)} ms`
  return millis < 10_000 ? `${decimals.format(millis / 1_000)} s` : formatDuration(millis / 1_000)
}

/** Amount in minor units with as many decimals as the currency has. */
export function formatMoney(amountMinor: number | null | undefined, currency: string | null | undefined): string {
  if (!isNumber(amountMinor)) return NONE
  if (!currency || !/^[A-Za-z]{3}$/.test(currency)) return integers.format(amountMinor)
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: currency.toUpperCase() })
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
}

/** Date and time in the zone of the browser. */
export function formatDateTime(iso: string | null | undefined): string {
  const date = toDate(iso)
  return date ? dateTimes.format(date) : NONE
}

/** The clock alone for a moment of today, else with the day: for lists where space is short. */
export function formatRecent(iso: string | null | undefined, today: Date = new Date()): string {
  const date = toDate(iso)
  if (!date) return NONE
  if (date.toDateString() === today.toDateString()) return clockTimes.format(date)
  return (date.getFullYear() === today.getFullYear() ? dayTimes : dateTimes).format(date)
}

export function formatClock(iso: string | null | undefined): string {
  const date = toDate(iso)
  return date ? clockTimes.format(date) : NONE
}

/** IANA name of the zone every time is shown in. */
export function zoneId(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
}

/** Short name of that zone at a moment: `CET`, `GMT+5:30`. */
export function zoneShort(at: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZoneName: 'short' }).formatToParts(at)
  return parts.find((part) => part.type === 'timeZoneName')?.value ?? zoneId()
}

/** Country name of an ISO 3166 code, else the code as it is. */
export function formatCountry(code: string | null | undefined): string {
  if (!code) return NONE
  if (!/^[A-Za-z]{2}$/.test(code)) return code
  try {
    return new Intl.DisplayNames([locale], { type: 'region' }).of(code.toUpperCase()) ?? code
  } catch {
    return code
  }
}

/** A page without its scheme and host, which are the same for most pages of a site. */
export function formatPage(page: string | null | undefined): string {
  if (!page) return NONE
  return page.replace(/^https?:\/\/[^/?#]+(?=[/?#])/i, '')
}

/** `not_known` → `Not known`, for enum values that arrive in snake case. */
export function formatWord(value: string | null | undefined): string {
  if (!value) return NONE
  const words = value.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** ISO instant → the value of an `<input type="datetime-local">`, in the zone of the browser. */
export function toLocalInput(iso: string | null | undefined): string {
  const date = toDate(iso)
  if (!date) return ''
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}`
}

/** The reverse of `toLocalInput`; empty for an unreadable value. */
export function fromLocalInput(value: string): string {
  const date = value ? new Date(value) : null
  return date && !Number.isNaN(date.getTime()) ? date.toISOString() : ''
}

function toDate(iso: string | null | undefined): Date | null {
  if (!iso) return null
  const date = new Date(iso)
  return Number.isNaN(date.getTime()) ? null : date
}

function isNumber(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
