import type { FieldSchema, FormConfig } from './config'
import { certificates, consentsOf, told } from './consent'
import { h } from './dom'
import { type Field, field } from './fields'
import { messages } from './messages'
import { honeypot, sameName, sending, type Site } from './site'
import { styled, themed } from './style'
import type { Rejected, Values } from './submission'

/** Fills the element with the form as it is configured. */
export function render(root: HTMLElement, config: FormConfig, site: Site): void {
  const schema = config.form
  const say = messages(schema.messages)
  const fields = (schema.fields ?? []).map((one) => field(one, say))
  const steps = stepsOf(config, fields)
  const trap = honeypot()
  const summary = h('div', { class: 'hw-summary', role: 'alert', hidden: true })
  const status = h('p', { class: 'hw-status', role: 'status', 'aria-live': 'polite' })
  const heading = h('h3', { class: 'hw-progress', tabindex: -1, hidden: steps.length < 2 })
  const submit = h('button', { type: 'submit' })
  const back = h('button', { type: 'button', class: 'hw-back' }, say('back'))
  const form = h(
    'form',
    { class: 'hw-form', novalidate: true, lang: schema.lang, method: 'post' },
    schema.title && h('h2', {}, schema.title),
    schema.description && h('p', {}, schema.description),
    summary,
    heading,
    ...steps.map((step) => step.element),
    trap.element,
    h('div', { class: 'hw-buttons' }, back, submit),
    status,
  )
  styled()
  themed(form, schema.theme)
  let at = 0

  function show(index: number, moved: boolean) {
    at = index
    steps.forEach((step, i) => (step.element.hidden = i !== at))
    back.hidden = at === 0
    submit.textContent = at === steps.length - 1 ? (schema.submit_label ?? say('submit')) : say('next')
    const title = steps[at]!.title
    heading.textContent = say('step_of', { step: at + 1, steps: steps.length }) + (title ? `: ${title}` : '')
    if (moved) heading.focus()
  }

  /** Names all mistakes in a live region and takes the reader to the first. */
  function complain(wrong: { field?: Field; problem: string }[]) {
    summary.replaceChildren(h('p', {}, say(wrong[0]?.field ? 'summary' : 'failed')))
    const list = h('ul')
    for (const { field, problem } of wrong) {
      const link = field ? h('a', { href: '#' }, `${field.schema.label}: ${problem}`) : problem
      if (field) {
        ;(link as HTMLElement).addEventListener('click', (event) => {
          event.preventDefault()
          reach(field)
        })
      }
      list.append(h('li', {}, link))
    }
    if (wrong.length) summary.append(list)
    summary.hidden = false
    const first = wrong.find((one) => one.field)
    if (first) reach(first.field!)
  }

  function reach(field: Field) {
    const step = steps.findIndex((one) => one.fields.includes(field))
    if (step !== at) show(step, false)
    field.focus()
  }

  function mistakes(asked: Field[]) {
    return asked.flatMap((field) => {
      const problem = field.check()
      return problem ? [{ field, problem }] : []
    })
  }

  const send = sending(root, site, trap, {
    say,
    values: () => ({ ...schema.hidden, ...certificates(form), ...valuesOf(fields), ...told(consentsOf(fields)) }),
    thankYouUrl: config.thank_you_url,
    thanks() {
      const thanks = h('div', { class: 'hw-form', tabindex: -1, role: 'status', lang: schema.lang }, h('p', {}, schema.thank_you ?? say('thank_you')))
      themed(thanks, schema.theme)
      form.replaceWith(thanks)
      thanks.focus()
    },
    rejected: (why) => complain(rejected(fields, why, say('failed'))),
    busy(sending) {
      submit.disabled = sending
      form.setAttribute('aria-busy', String(sending))
      status.textContent = sending ? say('sending') : ''
    },
  })

  back.addEventListener('click', () => {
    summary.hidden = true
    show(at - 1, true)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const last = at === steps.length - 1
    const wrong = mistakes(last ? fields : steps[at]!.fields)
    if (wrong.length) return complain(wrong)
    summary.hidden = true
    if (last) void send()
    else show(at + 1, true)
  })
  show(0, false)
  root.replaceChildren(form)
}

interface Step {
  title?: string
  fields: Field[]
  element: HTMLElement
}

function stepsOf(config: FormConfig, fields: Field[]): Step[] {
  const named = new Map(fields.map((one) => [one.schema.name, one]))
  const given = config.form.steps?.length ? config.form.steps : [{ fields: [...named.keys()] }]
  return given.map((step: { title?: string; fields: FieldSchema['name'][] }) => {
    const own = step.fields.map((name) => named.get(name)!).filter(Boolean)
    return { title: step.title, fields: own, element: h('div', { class: 'hw-step' }, ...own.map((one) => one.element)) }
  })
}

function valuesOf(fields: Field[]): Values {
  const values: Values = {}
  for (const { schema, values: read } of fields) {
    const chosen = read()
    if (chosen.length) values[schema.name] = chosen.length > 1 ? chosen : chosen[0]!
  }
  return values
}

function rejected(fields: Field[], why: Rejected, otherwise: string) {
  const wrong = (why.errors ?? []).map(({ field: name, message }) => {
    const field = fields.find((one) => sameName(one.schema.name, name))
    field?.show(message)
    return { field, problem: field ? message : `${name} ${message}` }
  })
  return wrong.length ? wrong : [{ problem: why.detail ?? otherwise }]
}
