import { describe, expect, it } from 'vitest'
import type { FieldSchema } from './config'
import { messages } from './messages'
import { problemOf } from './validation'

const field = (rest: Partial<FieldSchema>): FieldSchema => ({ name: 'a', label: 'Answer', type: 'text', ...rest })
const problem = (rest: Partial<FieldSchema>, ...values: string[]) => problemOf(field(rest), values, messages())

describe('validation', () => {
  it.each<[Partial<FieldSchema>, string[], string]>([
    [{ required: true }, [], 'Answer is required.'],
    [{ type: 'email' }, ['ada@example'], 'Enter an e-mail address such as name@example.com.'],
    [{ type: 'tel' }, ['12 34'], 'Enter a phone number with at least 6 digits.'],
    [{ type: 'number' }, ['two'], 'Enter a number.'],
    [{ type: 'number', min: 2 }, ['1'], 'Enter 2 or more.'],
    [{ type: 'number', max: 2 }, ['3'], 'Enter 2 or less.'],
    [{ type: 'number', step: 0.1 }, ['0.25'], 'Enter a multiple of 0.1.'],
    [{ type: 'date', min: '2026-03-01' }, ['2026-02-28'], 'Enter 2026-03-01 or more.'],
    [{ type: 'date' }, ['soon'], 'Enter a date.'],
    [{ min_length: 3 }, ['ab'], 'Enter at least 3 characters.'],
    [{ max_length: 3 }, ['abcd'], 'Enter at most 3 characters.'],
    [{ pattern: '\\d+' }, ['12a'], 'Answer does not have the expected form.'],
    [{ type: 'radio', options: ['x'] }, ['y'], 'Choose one of the options.'],
    [{ type: 'email', message: 'Your work address, please.' }, ['x'], 'Your work address, please.'],
  ])('%o refuses %o', (rest, values, expected) => {
    expect(problem(rest, ...values)).toBe(expected)
  })

  it.each<[Partial<FieldSchema>, string[]]>([
    [{}, []],
    [{ type: 'email' }, ['ada@example.org']],
    [{ type: 'tel' }, ['+49 30 901820']],
    [{ type: 'number', min: 0, step: 0.1 }, ['0.3']],
    [{ type: 'checkbox', options: ['x', { value: 'y' }] }, ['x', 'y']],
    [{ pattern: '(' }, ['whatever']],
  ])('%o takes %o', (rest, values) => {
    expect(problem(rest, ...values)).toBeUndefined()
  })
})
