import { formatWord } from '../platform/format'

/** A provider that a source can be made for, as `GET /admin/providers` tells it. */
export interface Provider {
  name: string
  /** The first is used where a source names none. */
  schemes: Scheme[]
  retries: boolean
}

export interface Scheme {
  name: string
  /** A secret is made where none is given; else the provider shows one. */
  generated: boolean
  in_url: boolean
}

/** Those that send ids only: the lead is fetched from them with a token. */
const FETCHED = new Set(['hubspot', 'linkedin', 'meta'])

/** Name of a provider as its customers write it, and what is entered there; as docs/providers.md tells it. */
const PROVIDERS: Record<string, [title: string, hint: string]> = {
  'cal-com': ['Cal.com', 'Settings → Developer → Webhooks → New: the URL and the secret, no custom payload template.'],
  calendly: ['Calendly', 'POST /webhook_subscriptions of the Calendly API with the URL, and the secret as signing_key.'],
  callrail: ['CallRail', 'Settings → Integrations → Webhooks: the URL for post-call, text message and form.'],
  cloudevents: ['CloudEvents', 'Give the URL to the sender, with the secret as bearer token, or as the proof that you chose.'],
  'core-forms': ['Core Forms', 'The URL as the form’s webhook, with the secret in the header X-API-Key.'],
  'customer-io': ['Customer.io', 'Data & Integrations → Integrations → Reporting webhooks: the URL.'],
  evocalize: ['Evocalize', 'Give the URL to the account manager.'],
  filaforms: ['FilaForms', 'Enter the URL as webhook; its secret is the whsec_ one.'],
  formsort: ['Formsort', 'Integrations → Webhooks: the URL, with the secret in a custom header X-API-Key.'],
  generic: ['Anything else (generic)', 'Let the sender post JSON or a form to the URL, with the proof that you chose.'],
  'google-ads': ['Google Ads', 'Lead form asset → Lead delivery → Webhook: the URL, and the secret as key; then “Send test data”.'],
  'gravity-forms': ['Gravity Forms', 'Form → Settings → Webhooks → Add new: the URL, POST, all fields, and a request header X-API-Key with the secret.'],
  hubspot: ['HubSpot', 'Webhooks of the app: the URL; subscribe to contact.creation and contact.privacyDeletion.'],
  intercom: ['Intercom', 'Developer Hub → your app → Webhooks: the URL; topics contact.lead.created, contact.user.created, contact.unsubscribed.'],
  jotform: ['Jotform', 'Settings → Integrations → Webhooks: the complete URL.'],
  linkedin: ['LinkedIn', 'Developer portal → Webhooks: the URL; then POST /rest/leadNotifications for the account or organisation.'],
  mailchimp: ['Mailchimp', 'Audience → Settings → Webhooks: the complete URL; subscribes, unsubscribes, cleaned.'],
  meta: ['Meta (Facebook, Instagram)', 'App dashboard → Webhooks → Page: the URL as callback URL, and the source’s id (the last part of the URL) as verify token. Subscribe to leadgen and install the app on the page.'],
  segment: ['Segment', 'Destinations → Webhooks: the URL and the shared secret.'],
  stripe: ['Stripe', 'Webhooks: the URL, with the events of charges, payment intents, checkout, invoices, refunds and disputes.'],
  tally: ['Tally', 'Form → Integrations → Webhooks: the URL and the signing secret.'],
  tiktok: ['TikTok', 'POST /open_api/v1.3/subscription/subscribe/ with subscribe_entity LEAD and the URL.'],
  twilio: ['Twilio', 'The URL as status callback of a number, or in Studio’s Make HTTP Request. As incoming call handler it would hang up.'],
  typeform: ['Typeform', 'Form → Connect → Webhooks: the URL and the secret.'],
  unbounce: ['Unbounce', 'Page overview → Integrations → Webhooks → Add: the complete URL, or a custom header with the key.'],
  webflow: ['Webflow', 'Webhooks made in Site settings → Apps & integrations → Webhooks are not signed: choose “Secret URL” for them. Trigger: form submission.'],
}

const SCHEMES: Record<string, string> = {
  'secret-url': 'Secret URL',
  'api-key': 'Key in a header',
  'api-key-query': 'Key in the URL',
  'access-token': 'Access token in the URL',
  'google-key': 'Google key in the body',
  hmac: 'HMAC signature in a header',
  'standard-webhooks': 'Standard Webhooks (shared secret)',
  'standard-webhooks-ed25519': 'Standard Webhooks (public key)',
}

export function providerTitle(name: string): string {
  return PROVIDERS[name]?.[0] ?? formatWord(name)
}

/** What is to be typed at the provider; null: nothing is known of it here. */
export function providerHint(name: string): string | null {
  return PROVIDERS[name]?.[1] ?? null
}

export function isFetched(name: string): boolean {
  return FETCHED.has(name)
}

export function schemeTitle(name: string): string {
  return SCHEMES[name] ?? `Signature: ${name}`
}

/** As people look for them. */
export function byTitle(providers: Provider[]): Provider[] {
  return [...providers].sort((a, b) => providerTitle(a.name).localeCompare(providerTitle(b.name)))
}
