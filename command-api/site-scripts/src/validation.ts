import { type FieldSchema, valueOf } from './config'
import type { Say } from './messages'

/** What a person may call an e-mail address; the server looks closer. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const LEAST_DIGITS = 6

/**
 * @param values all that were chosen or typed, without the empty ones
 * @returns what is wrong, as a sentence; nothing when all is well
 */
export function problemOf(field: FieldSchema, values: string[], say: Say): string | undefined {
  const rule = brokenRule(field, values)
  return rule && (field.message ?? say(rule, field))
}

function brokenRule(field: FieldSchema, values: string[]) {
  if (!values.length) return field.required ? 'required' : undefined
  if (field.options) {
    const known = field.options.map(valueOf)
    return values.every((value) => known.includes(value)) ? undefined : 'choice'
  }
  const value = values[0]!
  switch (field.type) {
    case 'email':
      return EMAIL.test(value) ? ofText(field, value) : 'email'
    case 'tel':
      return value.replace(/\D/g, '').length >= LEAST_DIGITS ? ofText(field, value) : 'tel'
    case 'number':
      return ofNumber(field, value)
    case 'date':
      if (Number.isNaN(Date.parse(value))) return 'date'
      // ISO dates sort like text
      if (field.min !== undefined && value < String(field.min)) return 'min'
      return field.max !== undefined && value > String(field.max) ? 'max' : undefined
    default:
      return ofText(field, value)
  }
}

function ofText(field: FieldSchema, value: string) {
  if (field.min_length !== undefined && value.length < field.min_length) return 'min_length'
  if (field.max_length !== undefined && value.length > field.max_length) return 'max_length'
  return field.pattern && !matches(field.pattern, value) ? 'pattern' : undefined
}

function ofNumber(field: FieldSchema, text: string) {
  const value = Number(text)
  if (!text.trim() || !Number.isFinite(value)) return 'number'
  if (field.min !== undefined && value < Number(field.min)) return 'min'
  if (field.max !== undefined && value > Number(field.max)) return 'max'
  if (field.step) {
    const steps = (value - Number(field.min ?? 0)) / field.step
    if (Math.abs(steps - Math.round(steps)) > 1e-9) return 'step'
  }
  return undefined
}

/** A pattern that this browser cannot read keeps nobody from sending: the server has the last word. */
function matches(pattern: string, value: string) {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(value)
  } catch {
    return true
  }
}
