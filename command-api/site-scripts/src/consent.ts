import type { Field } from './fields'

/** What was asked, with the words that were shown, and the answer: the server keeps it as proof. */
export interface Consent {
  name: string
  text: string
  granted: boolean
  purposes?: string[]
  version?: string
}

/** Hidden inputs that TrustedForm and Jornaya put into the forms that they find on a page. */
const CERTIFICATES = ['xxTrustedFormCertUrl', 'universal_leadid']

/** Of the fields of type `consent`, whether they were ticked or not. */
export function consentsOf(fields: Field[]): Consent[] {
  return fields
    .filter(({ schema }) => schema.type === 'consent')
    .map(({ schema, values }) => ({
      name: schema.name,
      text: [schema.label, schema.help].filter(Boolean).join('\n'),
      granted: values().length > 0,
      purposes: schema.purposes,
      version: schema.version,
    }))
}

/** Of the boxes of a page's own form that say `data-consent`, with the purposes as its value. */
export function markedConsents(form: HTMLFormElement): Consent[] {
  return [...form.querySelectorAll<HTMLInputElement>('input[data-consent]')].map((box) => ({
    name: box.name,
    text: [...(box.labels ?? [])].map((label) => label.textContent?.trim()).join('\n'),
    granted: box.checked,
    purposes: box.dataset.consent?.split(',').map((one) => one.trim()).filter(Boolean),
    version: box.dataset.consentVersion,
  }))
}

/** Nothing where nobody was asked. */
export const told = (consents: Consent[]): { consents?: Consent[] } => (consents.length ? { consents } : {})

export function certificates(form: HTMLFormElement): Record<string, string> {
  const found: Record<string, string> = {}
  for (const name of CERTIFICATES) {
    const value = form.querySelector<HTMLInputElement>(`input[name="${name}"]`)?.value
    if (value) found[name] = value
  }
  return found
}
