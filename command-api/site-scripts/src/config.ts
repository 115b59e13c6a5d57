/** What `GET /forms/config` answers; docs/forms.md describes it. */
export interface FormConfig {
  form_id: string
  name: string
  thank_you_url: string | null
  form: FormSchema
}

export interface FormSchema {
  title?: string
  description?: string
  lang?: string
  submit_label?: string
  thank_you?: string
  theme?: Record<string, string>
  messages?: Record<string, string>
  hidden?: Record<string, string>
  fields?: FieldSchema[]
  steps?: StepSchema[]
}

export interface StepSchema {
  title?: string
  fields: string[]
}

export type FieldType =
  | 'text' | 'email' | 'tel' | 'number' | 'date' | 'textarea' | 'select' | 'radio' | 'checkbox' | 'consent'

export type Option = string | { value: string; label?: string }

export interface FieldSchema {
  name: string
  type: FieldType
  label: string
  help?: string
  placeholder?: string
  autocomplete?: string
  required?: boolean
  /** Instead of the message of the rule that is broken. */
  message?: string
  options?: Option[]
  min?: number | string
  max?: number | string
  step?: number
  min_length?: number
  max_length?: number
  pattern?: string
  rows?: number
  /** Of a consent: what for. */
  purposes?: string[]
  /** Of a consent: which edition of the text this is. */
  version?: string
}

export const valueOf = (option: Option) => (typeof option === 'string' ? option : option.value)
export const labelOf = (option: Option) => (typeof option === 'string' ? option : (option.label ?? option.value))
