import { h } from './dom'
import type { Say } from './messages'
import { type Captured, circumstances, type Rejected, Sender, type Values } from './submission'

/** Which form of which site, and where it is sent. */
export interface Site {
  endpoint: string
  siteKey: string
  formId: string
}

const plain = (name: string) => name.toLowerCase().replace(/[-_. ]/g, '')

/** The server names fields in its own way: case and separators do not count. */
export const sameName = (one: string, other: string) => plain(one) === plain(other)

/** Off-screen and out of everybody's way: only who fills in all that there is fills it in. */
export function honeypot(): { element: HTMLElement; value(): string } {
  const input = h('input', {
    type: 'text',
    name: '__pg_website',
    tabindex: -1,
    autocomplete: 'off',
    'aria-hidden': 'true',
  })
  const style = 'position:absolute!important;left:-10000px!important;width:1px;height:1px;overflow:hidden'
  return { element: h('div', { 'aria-hidden': 'true', style }, input), value: () => input.value }
}

export interface Sent {
  values(): Values
  thankYouUrl?: string | null
  thanks(): void
  rejected(why: Rejected): void
  busy(sending: boolean): void
  say: Say
}

/** @returns what sends the form once per call, and never twice at a time */
export function sending(element: HTMLElement, site: Site, trap: { value(): string }, form: Sent) {
  const sender = new Sender(`${site.endpoint}/lead.capture`)
  const renderedAt = performance.now()
  let busy = false
  return async () => {
    if (busy) return
    busy = true
    form.busy(true)
    try {
      const outcome = await sender.send(
        { ...form.values(), siteKey: site.siteKey, formId: site.formId },
        () => circumstances(renderedAt, trap.value()),
      )
      if ('rejected' in outcome) {
        tell(element, 'failed', { formId: site.formId, detail: outcome.rejected.detail })
        form.rejected(outcome.rejected)
      } else if (tell(element, 'submitted', submitted(site, outcome.captured))) {
        if (form.thankYouUrl) location.assign(form.thankYouUrl)
        else form.thanks()
      }
    } finally {
      busy = false
      form.busy(false)
    }
  }
}

const submitted = (site: Site, captured: Captured) => ({
  formId: site.formId,
  leadId: captured.lead_id,
  submissionId: captured.submission_id,
  status: captured.status,
})

/** @returns whether the page leaves it to us what happens next */
const tell = (element: HTMLElement, what: string, detail: object) =>
  element.dispatchEvent(new CustomEvent(`headwater:${what}`, { bubbles: true, cancelable: true, detail }))
