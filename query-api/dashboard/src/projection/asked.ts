import type { Action } from './rebuild'

/** What is asked for with a rebuild, a verification, a sample or a retirement, as it was typed. */
export interface Asked {
  /** Where the events are read from: the topics, or the archive as far as it goes and then the topics. */
  from: 'kafka' | 'archive'
  /** Records per second; empty: as many as there is room for. */
  maxRate: string
  /** Tables and table.columns that may differ. */
  expected: string
  /** Keys in a sample. */
  keys: string
  /** The generation to be dropped; empty: all that are left over. */
  generation: string
}

/** As many as are compared every night. */
export const NOTHING_ASKED: Asked = { from: 'kafka', maxRate: '', expected: '', keys: '25', generation: '' }
export const MOST_KEYS = 1_000

/** The body of a request, without what was left empty, or what is wrong with it. */
export function bodyOf(action: Action, asked: Asked): { body: Record<string, unknown> } | { mistake: string } {
  switch (action) {
    case 'rollback':
      return { body: {} }
    case 'retire':
      return { body: asked.generation ? { generation: Number(asked.generation) } : {} }
    case 'sample':
      return sampleOf(asked)
    default:
      return optionsOf(asked)
  }
}

function sampleOf({ keys }: Asked): ReturnType<typeof bodyOf> {
  const wanted = wholeNumber(keys)
  return wanted !== null && wanted <= MOST_KEYS
    ? { body: { sample: wanted } }
    : { mistake: 'How many must be a whole number from 1 to 1,000.' }
}

function optionsOf({ from, maxRate, expected }: Asked): ReturnType<typeof bodyOf> {
  const body: Record<string, unknown> = {}
  if (from !== 'kafka') body.from = from
  if (maxRate.trim()) {
    body.max_rate = wholeNumber(maxRate)
    if (body.max_rate === null) return { mistake: 'Records per second must be a whole number above 0, or empty.' }
  }
  const names = expected.split(/[\s,]+/).filter(Boolean)
  if (names.length > 0) body.expected = names
  return { body }
}

function wholeNumber(typed: string): number | null {
  return /^[1-9]\d{0,8}$/.test(typed.trim()) ? Number(typed) : null
}
