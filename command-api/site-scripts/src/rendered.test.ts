import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { FormSchema } from './config'
import { mount } from './form'

const SCHEMA: FormSchema = {
  lang: 'de',
  theme: { accent: '#0a7' },
  hidden: { PROJECT: 'Lakeside' },
  thank_you: 'Danke',
  fields: [
    { name: 'FIRSTNAME', type: 'text', label: 'Vorname', required: true, help: 'Wie sollen wir Sie nennen?' },
    { name: 'EMAIL', type: 'email', label: 'E-Mail', required: true },
    { name: 'what', type: 'checkbox', label: 'Interessen', options: ['pool', { value: 'g', label: 'Garten' }] },
    { name: 'terms', type: 'consent', label: 'Einverstanden', required: true },
    { name: 'calls', type: 'consent', label: 'Rufen Sie mich an', purposes: ['phone'], version: '2' },
  ],
  steps: [{ title: 'Sie', fields: ['FIRSTNAME', 'EMAIL'] }, { fields: ['what', 'terms', 'calls'] }],
}

let sent: Record<string, unknown>[] = []
let next: () => Response

const captured = () => Response.json({ success: true, lead_id: 'main_1', submission_id: 's1', status: 'accepted' })

async function shown(): Promise<HTMLElement> {
  document.body.innerHTML = '<div data-headwater-form="contact" data-site-key="pk" data-endpoint="https://in.test"></div>'
  const root = document.body.firstElementChild as HTMLElement
  await mount(root)
  return root
}

const input = (root: HTMLElement, name: string) => root.querySelector<HTMLInputElement>(`[name="${name}"]`)!
const submit = (root: HTMLElement) => root.querySelector('form')!.dispatchEvent(new Event('submit', { cancelable: true }))

function fill(root: HTMLElement, name: string, value: string) {
  input(root, name).value = value
  input(root, name).dispatchEvent(new Event('input', { bubbles: true }))
}

describe('a rendered form', () => {
  beforeEach(() => {
    sent = []
    next = captured
    vi.stubGlobal('fetch', (url: string, request?: RequestInit) => {
      if (String(url).includes('/forms/config?siteKey=pk&formId=contact')) {
        return Promise.resolve(Response.json({ form_id: 'contact', name: 'Contact', thank_you_url: null, form: SCHEMA }))
      }
      sent.push(JSON.parse(String(request?.body)) as Record<string, unknown>)
      return Promise.resolve(next())
    })
  })

  it('tells its mistakes to everybody and takes the reader to the first', async () => {
    const root = await shown()
    submit(root)

    const name = input(root, 'FIRSTNAME')
    const described = name.getAttribute('aria-describedby')!.split(' ')
    expect(name.getAttribute('aria-invalid')).toBe('true')
    expect(described.map((id) => document.getElementById(id)!.textContent)).toEqual([
      'Wie sollen wir Sie nennen?',
      'Vorname is required.',
    ])
    expect(document.activeElement).toBe(name)
    const summary = root.querySelector('[role=alert]')!
    expect(summary.querySelectorAll('a')).toHaveLength(2)
    expect(root.querySelector('form')!.lang).toBe('de')

    fill(root, 'FIRSTNAME', 'Ada')
    expect(name.hasAttribute('aria-invalid')).toBe(false)
    expect(sent).toEqual([])
  })

  it('goes step by step, with the focus on where one is', async () => {
    const root = await shown()
    fill(root, 'FIRSTNAME', 'Ada')
    fill(root, 'EMAIL', 'ada@example.org')
    submit(root)

    const heading = root.querySelector('h3')!
    expect(document.activeElement).toBe(heading)
    expect(heading.textContent).toBe('Step 2 of 2')
    expect([...root.querySelectorAll<HTMLElement>('.hw-step')].map((step) => step.hidden)).toEqual([true, false])
    root.querySelector<HTMLElement>('.hw-back')!.click()
    expect(heading.textContent).toBe('Step 1 of 2: Sie')
    expect(input(root, 'FIRSTNAME').value).toBe('Ada')
  })

  async function filled() {
    const root = await shown()
    fill(root, 'FIRSTNAME', 'Ada')
    fill(root, 'EMAIL', 'ada@example.org')
    submit(root)
    root.querySelectorAll<HTMLInputElement>('[name=what]').forEach((box) => (box.checked = true))
    input(root, 'terms').checked = true
    return root
  }

  it('sends all values once and says thank you', async () => {
    const root = await filled()
    const told = new Promise<CustomEvent>((done) =>
      root.addEventListener('headwater:submitted', (event) => done(event as CustomEvent)),
    )
    submit(root)
    submit(root)

    expect((await told).detail).toEqual({ formId: 'contact', leadId: 'main_1', submissionId: 's1', status: 'accepted' })
    await vi.waitFor(() => expect(root.textContent).toBe('Danke'))
    expect(sent).toHaveLength(1)
    expect(sent[0]).toMatchObject({
      siteKey: 'pk',
      formId: 'contact',
      FIRSTNAME: 'Ada',
      what: ['pool', 'g'],
      terms: 'yes',
      PROJECT: 'Lakeside',
      __pg_hp: '',
    })
    expect(document.activeElement).toBe(root.firstElementChild)
  })

  it('sends what was asked and answered, and what proves it', async () => {
    const root = await filled()
    root.querySelector('form')!.insertAdjacentHTML('beforeend', '<input type="hidden" name="xxTrustedFormCertUrl" value="https://cert.trustedform.com/1">')
    submit(root)

    await vi.waitFor(() => expect(sent).toHaveLength(1))
    expect(sent[0]!.consents).toEqual([
      { name: 'terms', text: 'Einverstanden', granted: true },
      { name: 'calls', text: 'Rufen Sie mich an', granted: false, purposes: ['phone'], version: '2' },
    ])
    expect(sent[0]!.xxTrustedFormCertUrl).toBe('https://cert.trustedform.com/1')
  })

  it('shows what the server finds wrong at its field', async () => {
    const root = await filled()
    next = () => Response.json({ detail: 'no', errors: [{ field: 'email', message: 'is not one' }] }, { status: 422 })
    submit(root)

    await vi.waitFor(() => expect(document.activeElement).toBe(input(root, 'EMAIL')))
    expect(root.querySelector('[role=alert]')!.textContent).toContain('E-Mail: is not one')
    expect(root.querySelector('h3')!.textContent).toContain('Step 1')
  })

  it('has a trap that nobody sees, hears or reaches', async () => {
    const trap = input(await shown(), '__pg_website')
    expect(trap.tabIndex).toBe(-1)
    expect(trap.autocomplete).toBe('off')
    expect(trap.closest('[aria-hidden=true]')).not.toBeNull()
    expect(trap.parentElement!.style.left).toBe('-10000px')
  })

  it('stands by itself, however many there are', async () => {
    const root = await shown()
    const ids = [...root.querySelectorAll('[id]')].map((element) => element.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a form of the page', () => {
  const PAGE = `<form data-headwater-form="contact" data-site-key="pk" data-endpoint="https://in.test" data-thank-you="Cheers">
    <input name="EMAIL" value="ada@example.org"><input name="b" value="2"><input name="b" value="3"><button>Go</button></form>`

  async function enhanced(answer: () => Response, page = PAGE) {
    const bodies: Record<string, unknown>[] = []
    vi.stubGlobal('fetch', (_: string, request: RequestInit) => {
      bodies.push(JSON.parse(String(request.body)) as Record<string, unknown>)
      return Promise.resolve(answer())
    })
    document.body.innerHTML = page
    const form = document.querySelector('form')!
    await mount(form)
    form.dispatchEvent(new Event('submit', { cancelable: true }))
    await vi.waitFor(() => expect(form.getAttribute('aria-busy')).toBe('false'))
    return { form, bodies }
  }

  it('sends every value of a name and says thank you', async () => {
    const { form, bodies } = await enhanced(captured)

    expect(bodies[0]).toMatchObject({ EMAIL: 'ada@example.org', b: ['2', '3'], siteKey: 'pk', __pg_hp: '' })
    expect(bodies[0]).not.toHaveProperty('__pg_website')
    expect(form.querySelector('[role=status]')!.textContent).toBe('Cheers')
  })

  it('sends what marked boxes ask', async () => {
    const box = '<label>Call me <input type="checkbox" name="ok" data-consent="phone, sms" data-consent-version="7" checked></label></form>'
    const { bodies } = await enhanced(captured, PAGE.replace('</form>', box))

    expect(bodies[0]!.consents).toEqual([{ name: 'ok', text: 'Call me', granted: true, purposes: ['phone', 'sms'], version: '7' }])
  })

  it('marks what the server finds wrong', async () => {
    const { form } = await enhanced(() =>
      Response.json({ detail: 'The e-mail address is not one.', errors: [{ field: 'email', message: 'is not one' }] }, { status: 422 }),
    )

    const email = input(form, 'EMAIL')
    expect(document.activeElement).toBe(email)
    expect(document.getElementById(email.getAttribute('aria-describedby')!)!.textContent).toBe('The e-mail address is not one.')
  })
})
