/** Every word that the script itself says; a form's `messages` replace them one by one. */
const ENGLISH = {
  required: '{label} is required.',
  email: 'Enter an e-mail address such as name@example.com.',
  tel: 'Enter a phone number with at least 6 digits.',
  number: 'Enter a number.',
  min: 'Enter {min} or more.',
  max: 'Enter {max} or less.',
  step: 'Enter a multiple of {step}.',
  date: 'Enter a date.',
  min_length: 'Enter at least {min_length} characters.',
  max_length: 'Enter at most {max_length} characters.',
  pattern: '{label} does not have the expected form.',
  choice: 'Choose one of the options.',
  summary: 'Please check these fields:',
  failed: 'This could not be sent. Please try again.',
  sending: 'Sending…',
  next: 'Next',
  back: 'Back',
  step_of: 'Step {step} of {steps}',
  optional: '(optional)',
  submit: 'Send',
  thank_you: 'Thank you. We have received your message.',
}

export type MessageName = keyof typeof ENGLISH
export type Say = (name: MessageName, values?: object) => string

export function messages(own: Record<string, string> = {}): Say {
  return (name, values = {}) =>
    (own[name] ?? ENGLISH[name]).replace(/\{(\w+)\}/g, (hole, key: string) => {
      const value = (values as Record<string, unknown>)[key]
      return value === undefined ? hole : String(value)
    })
}
