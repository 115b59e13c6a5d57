import { markedConsents, told } from './consent'
import { h, uniqueId } from './dom'
import { messages } from './messages'
import { honeypot, sameName, sending, type Site } from './site'
import type { Rejected, Values } from './submission'

/**
 * A form of the page's own: its fields, its looks, the browser's validation. Without this script it
 * is posted to its `action` and means the same.
 */
export function enhance(form: HTMLFormElement, site: Site): void {
  const say = messages()
  const trap = honeypot()
  const status = h('p', { role: 'status', 'aria-live': 'polite', tabindex: -1 })
  if (!form.querySelector('[name=__pg_website]')) form.append(trap.element)
  form.append(status)
  const trapped = () => form.querySelector<HTMLInputElement>('[name=__pg_website]')?.value ?? ''

  const send = sending(form, site, { value: trapped }, {
    say,
    values: () => ({ ...valuesOf(form), ...told(markedConsents(form)) }),
    thankYouUrl: form.dataset.thankYouUrl,
    thanks() {
      form.reset()
      status.textContent = form.dataset.thankYou ?? say('thank_you')
      status.focus()
    },
    rejected: (why) => {
      status.textContent = why.detail ?? say('failed')
      marked(form, why, status)
    },
    busy(sending) {
      form.setAttribute('aria-busy', String(sending))
      form.querySelectorAll<HTMLButtonElement>('button:not([type=button]),input[type=submit]').forEach((button) => {
        button.disabled = sending
      })
      if (sending) status.textContent = say('sending')
    },
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void send()
  })
}

/** Every value of every field; several of one name are a list. Files are not sent. */
function valuesOf(form: HTMLFormElement): Values {
  const values: Values = {}
  const data = new FormData(form)
  for (const name of new Set(data.keys())) {
    const texts = data.getAll(name).filter((value): value is string => typeof value === 'string')
    if (texts.length && name !== '__pg_website') values[name] = texts.length > 1 ? texts : texts[0]!
  }
  return values
}

/** The fields that the server names are marked, and the first of them has the focus. */
function marked(form: HTMLFormElement, why: Rejected, status: HTMLElement) {
  status.id ||= uniqueId()
  form.querySelectorAll('[aria-invalid]').forEach((control) => control.removeAttribute('aria-invalid'))
  const named = [...form.elements].filter((control): control is HTMLInputElement => 'name' in control)
  const controls = (why.errors ?? [])
    .map(({ field }) => named.find((control) => sameName(control.name, field)))
    .filter((control) => control !== undefined)
  controls.forEach((control) => {
    control.setAttribute('aria-invalid', 'true')
    control.setAttribute('aria-describedby', status.id)
  })
  ;(controls[0] ?? status).focus()
}
