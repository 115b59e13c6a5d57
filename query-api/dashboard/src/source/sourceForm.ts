import type { Problem } from '../platform/api'
import { isFetched, type Scheme } from './providers'
import { parseMapping } from './source'

/** A new source as it is typed. Windows are in the unit beside them; empty: the default. */
export interface SourceDraft {
  site: string
  provider: string
  name: string
  scheme: string
  /** Name of the header of a scheme that leaves it open. */
  header: string
  secret: string
  /** With which leads are fetched from a provider that sends ids only. */
  accessToken: string
  personHours: number | ''
  repeatMinutes: number | ''
  perMinute: number | ''
  perDay: number | ''
  mapping: string
}

export function emptyDraft(): SourceDraft {
  return {
    site: 'main',
    provider: '',
    name: '',
    scheme: '',
    header: '',
    secret: '',
    accessToken: '',
    personHours: '',
    repeatMinutes: '',
    perMinute: '',
    perDay: '',
    mapping: '',
  }
}

/** What can be seen to be wrong before anything is sent, by field as the server names them. */
export function wrongInDraft(draft: SourceDraft, scheme: Scheme | undefined): Record<string, string> {
  const wrong: Record<string, string> = {}
  if (!draft.provider) wrong.provider = 'is required'
  if (scheme && !scheme.generated && !draft.secret.trim()) wrong.secrets = 'is shown by the provider: copy it here'
  if (isFetched(draft.provider) && !draft.accessToken.trim()) wrong['secret_options.access_token'] = 'is required: leads are fetched with it'
  if (draft.scheme === 'hmac' && !draft.header.trim()) wrong['signature.options.header'] = 'is required'
  const lines = parseMapping(draft.mapping).wrong
  if (lines.length > 0) wrong.mapping = `no field and path: ${lines.join(' · ')}`
  return wrong
}

/** The body of `POST /admin/sources`; what is empty is left to its default. */
export function sourceBody(draft: SourceDraft): Record<string, unknown> {
  const { mapping } = parseMapping(draft.mapping)
  const secret = draft.secret.trim()
  const header = draft.header.trim()
  return dropEmpty({
    site_id: draft.site,
    provider: draft.provider,
    name: draft.name.trim(),
    signature: dropEmpty({
      scheme: draft.scheme,
      options: header ? { header } : undefined,
      secrets: secret ? [secret] : undefined,
    }),
    secret_options: isFetched(draft.provider) ? { access_token: draft.accessToken.trim() } : undefined,
    duplicate_window: draft.personHours === '' ? undefined : `PT${draft.personHours}H`,
    repeat_window: draft.repeatMinutes === '' ? undefined : `PT${draft.repeatMinutes}M`,
    limits: dropEmpty({ per_minute: draft.perMinute, per_day: draft.perDay }),
    mapping: Object.keys(mapping).length > 0 ? mapping : undefined,
  })
}

/** What the server said of fields, by field; indices of lists are left out: one secret is typed at a time. */
export function problemFields(problem: Problem | null): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const { field, message } of problem?.errors ?? []) {
    const name = field.replace(/\[\d+\]$/, '').replace(/^signature\.secrets$/, 'secrets')
    const top = name.startsWith('mapping.') ? 'mapping' : name
    const text = top === name ? message : `${name.slice('mapping.'.length)}: ${message}`
    fields[top] = fields[top] ? `${fields[top]} · ${text}` : text
  }
  return fields
}

function dropEmpty(members: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(members).filter(
      ([, value]) => value !== undefined && value !== '' && !(isObject(value) && Object.keys(value).length === 0),
    ),
  )
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
