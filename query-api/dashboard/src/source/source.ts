/** A webhook source. */
export interface Source {
  id: string
  site_id: string
  name: string
  provider: string
  url: string
  mapping?: Record<string, string>
  mapping_version?: number
}

/** A source with how it is set up; windows are ISO-8601 durations. */
export interface SourceDetail extends Source {
  signature: { scheme: string; secrets: SourceSecret[] }
  duplicate_window: string
  repeat_window: string
  limits: { per_minute: number | null; per_day: number | null }
  created_at: string
  created_by: string
}

/** A secret of it: the first characters of what is kept, and its time. */
export interface SourceSecret {
  id: string
  prefix: string
  added_at: string
  expires_at: string | null
}

/** How its deliveries went in the last seven days. */
export interface SourceHealth {
  source_id: string
  deliveries: number
  accepted: number
  refused: number
  newest: string
}

/** A mapping as people type it, a line for each field: `email = $.contact.mail`. */
export function mappingText(mapping: Record<string, string> = {}): string {
  return Object.entries(mapping)
    .map(([field, path]) => `${field} = ${path}`)
    .join('\n')
}

/** The mapping of such a text, and the lines that are none. */
export function parseMapping(text: string): { mapping: Record<string, string>; wrong: string[] } {
  const mapping: Record<string, string> = {}
  const wrong: string[] = []
  for (const line of text.split('\n').map((one) => one.trim()).filter(Boolean)) {
    const at = line.indexOf('=')
    const field = line.slice(0, at).trim()
    const path = line.slice(at + 1).trim()
    if (at < 1 || !field || !path) wrong.push(line)
    else mapping[field] = path
  }
  return { mapping, wrong }
}
