import { type FieldSchema, labelOf, valueOf } from './config'
import { h, uniqueId } from './dom'
import type { Say } from './messages'
import { problemOf } from './validation'

/** A field as it stands on the page. */
export interface Field {
  schema: FieldSchema
  element: HTMLElement
  /** Without the empty ones. */
  values(): string[]
  /** Says what is wrong, or takes it back. */
  show(problem?: string): void
  check(): string | undefined
  focus(): void
}

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

const CHOICES = ['radio', 'checkbox']

export function field(schema: FieldSchema, say: Say): Field {
  const id = uniqueId()
  const help = schema.help && h('p', { id: `${id}-help`, class: 'hw-help' }, schema.help)
  const error = h('p', { id: `${id}-error`, class: 'hw-error', hidden: true })
  const controls = controlsOf(schema, id)
  const grouped = controls.length > 1 || (CHOICES.includes(schema.type) && Boolean(schema.options))
  const element = grouped
    ? h('fieldset', { class: 'hw-field' }, h('legend', {}, ...label(schema, say)), help, ...choices(schema, controls, id), error)
    : h('div', { class: 'hw-field' }, ...single(schema, controls[0]!, id, say, help), error)
  // a group is described and judged as a whole, so that it is not said again at every option
  const judged = grouped ? element : controls[0]!
  if (grouped && schema.type === 'radio') {
    element.setAttribute('role', 'radiogroup')
    if (schema.required) element.setAttribute('aria-required', 'true')
  }
  const described = () =>
    [help && `${id}-help`, !error.hidden && `${id}-error`].filter(Boolean).join(' ')
  const describe = () => {
    const ids = described()
    if (ids) judged.setAttribute('aria-describedby', ids)
    else judged.removeAttribute('aria-describedby')
  }
  describe()

  const made: Field = {
    schema,
    element,
    values: () => valuesOf(controls),
    show(problem) {
      error.textContent = problem ?? ''
      error.hidden = !problem
      if (problem) judged.setAttribute('aria-invalid', 'true')
      else judged.removeAttribute('aria-invalid')
      describe()
    },
    check() {
      const problem = problemOf(schema, made.values(), say)
      made.show(problem)
      return problem
    },
    focus: () => controls[0]!.focus(),
  }
  // who corrects a mistake hears at once that it is gone; nobody is corrected while still typing
  element.addEventListener('input', () => error.hidden || made.check())
  return made
}

function valuesOf(controls: Control[]): string[] {
  const chosen = controls.filter((control) => !('checked' in control && CHOICES.includes(control.type)) || control.checked)
  return chosen.map((control) => control.value.trim()).filter(Boolean)
}

function label(schema: FieldSchema, say: Say): (HTMLElement | string | undefined)[] {
  return [
    schema.label,
    schema.required
      ? h('span', { class: 'hw-required', 'aria-hidden': 'true' }, ' *')
      : h('span', { class: 'hw-optional' }, ` ${say('optional')}`),
  ]
}

function single(schema: FieldSchema, control: Control, id: string, say: Say, help?: HTMLElement | '') {
  const words = h('label', { for: id }, ...label(schema, say))
  return CHOICES.includes(control.type)
    ? [h('div', { class: 'hw-choice' }, control, words), help || undefined]
    : [words, help || undefined, control]
}

function choices(schema: FieldSchema, controls: Control[], id: string): HTMLElement[] {
  return controls.map((control, i) =>
    h('div', { class: 'hw-choice' }, control, h('label', { for: `${id}-${i}` }, labelOf(schema.options![i]!))),
  )
}

function controlsOf(schema: FieldSchema, id: string): Control[] {
  const common = {
    id,
    name: schema.name,
    required: schema.required,
    placeholder: schema.placeholder,
    autocomplete: schema.autocomplete ?? AUTOCOMPLETE[schema.type],
  }
  switch (schema.type) {
    case 'textarea':
      return [h('textarea', { ...common, rows: schema.rows ?? 4, maxlength: schema.max_length })]
    case 'select':
      return [
        h(
          'select',
          { ...common, placeholder: undefined },
          h('option', { value: '' }, schema.placeholder ?? ''),
          ...schema.options!.map((option) => h('option', { value: valueOf(option) }, labelOf(option))),
        ),
      ]
    case 'radio':
    case 'checkbox':
    case 'consent':
      // one box without options is a yes or nothing
      return schema.options
        ? schema.options.map((option, i) =>
            h('input', {
              type: schema.type,
              id: `${id}-${i}`,
              name: schema.name,
              value: valueOf(option),
              required: schema.required && schema.type === 'radio',
            }),
          )
        : [h('input', { type: 'checkbox', id, name: schema.name, value: 'yes', required: schema.required })]
    default:
      return [
        h('input', {
          ...common,
          type: schema.type,
          min: schema.min,
          max: schema.max,
          step: schema.type === 'number' ? (schema.step ?? 'any') : undefined,
          maxlength: schema.max_length,
        }),
      ]
  }
}

const AUTOCOMPLETE: Partial<Record<string, string>> = { email: 'email', tel: 'tel' }
