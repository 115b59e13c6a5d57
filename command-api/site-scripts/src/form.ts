import type { FormConfig } from './config'
import { enhance } from './enhanced'
import { render } from './rendered'

/**
 * Shows forms: `<div data-headwater-form="contact" data-site-key="pk_…">` is filled with the form as
 * it is configured; a `<form data-headwater-form=… data-site-key=…>` of the page's own is sent in
 * the background instead of by the browser.
 */

const script = document.currentScript as HTMLScriptElement | null
const MOUNTED = 'data-headwater-mounted'
const TRIES = 4

const endpointOf = (element: HTMLElement) =>
  element.dataset.endpoint ?? new URL(script?.src || location.href).origin

async function configOf(endpoint: string, siteKey: string, formId: string): Promise<FormConfig> {
  const query = new URLSearchParams({ siteKey, formId })
  for (let tried = 1; ; tried++) {
    try {
      const answer = await fetch(`${endpoint}/forms/config?${query}`, { credentials: 'omit' })
      if (answer.ok) return (await answer.json()) as FormConfig
      if (answer.status < 500 && answer.status !== 429) throw new Refusal(`refused with ${answer.status}`)
    } catch (fault) {
      if (fault instanceof Refusal || tried === TRIES) throw fault
    }
    await new Promise((done) => setTimeout(done, 500 * 2 ** tried))
  }
}

class Refusal extends Error {}

/** Mounts one element; a second time changes nothing. */
export async function mount(element: HTMLElement): Promise<void> {
  const formId = element.dataset.headwaterForm
  const siteKey = element.dataset.siteKey
  if (!formId || !siteKey || element.hasAttribute(MOUNTED)) return
  element.setAttribute(MOUNTED, '')
  const site = { endpoint: endpointOf(element), siteKey, formId }
  if (element instanceof HTMLFormElement) {
    enhance(element, site)
    return
  }
  try {
    render(element, await configOf(site.endpoint, siteKey, formId), site)
    element.dispatchEvent(new CustomEvent('headwater:ready', { bubbles: true, detail: { formId } }))
  } catch (fault) {
    element.removeAttribute(MOUNTED)
    element.dispatchEvent(new CustomEvent('headwater:failed', { bubbles: true, detail: { formId } }))
    console.warn(`Headwater: the form ${formId} cannot be shown:`, fault)
  }
}

/** Mounts all forms of the page that are not yet; for pages that add some later. */
export function scan(): void {
  document.querySelectorAll<HTMLElement>('[data-headwater-form]').forEach((element) => void mount(element))
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', scan)
else scan()
