import { h } from './dom'

/** Every value of a theme is a variable, so that a page's own style sheet may set it, too. */
const CSS = `.hw-form{--a:var(--hw-accent,#1d4ed8);--at:var(--hw-accent-text,#fff);--b:var(--hw-border,#767676);--e:var(--hw-error,#b91c1c);--g:var(--hw-gap,1rem);--r:var(--hw-radius,.375rem);font:1rem/1.5 var(--hw-font,inherit);color:var(--hw-text,inherit);background:var(--hw-background,transparent);display:grid;gap:var(--g)}
.hw-form [hidden]{display:none!important}
.hw-step{display:grid;gap:var(--g)}
.hw-field{border:0;margin:0;padding:0;min-width:0;display:grid;gap:.25rem}
.hw-field label,.hw-field legend{font-weight:600;padding:0}
.hw-choice{display:flex;gap:.5rem;align-items:baseline}
.hw-choice label,.hw-optional{font-weight:400}
.hw-required,.hw-error{color:var(--e)}
.hw-form p,.hw-form h2,.hw-form h3{margin:0}
.hw-field input:not([type=radio],[type=checkbox]),.hw-field select,.hw-field textarea{font:inherit;color:inherit;background:inherit;width:100%;box-sizing:border-box;padding:.5rem .75rem;border:1px solid var(--b);border-radius:var(--r)}
.hw-form [aria-invalid]{border-color:var(--e)}
.hw-form :focus-visible{outline:3px solid var(--a);outline-offset:2px}
.hw-form button{font:inherit;font-weight:600;padding:.625rem 1.25rem;border:1px solid var(--a);border-radius:var(--r);background:var(--a);color:var(--at);cursor:pointer}
.hw-form button[disabled]{opacity:.6}
.hw-form button.hw-back{background:none;color:var(--a)}
.hw-buttons{display:flex;gap:.75rem}
.hw-summary{border:2px solid var(--e);border-radius:var(--r);padding:.75rem 1rem}
.hw-summary a{color:var(--e)}
`

/** Once per page; a page that forbids it gets a form without looks that works all the same. */
export function styled() {
  if (!document.getElementById('hw-style')) document.head.append(h('style', { id: 'hw-style' }, CSS))
}

export function themed(element: HTMLElement, theme: Record<string, string> = {}) {
  for (const [name, value] of Object.entries(theme)) element.style.setProperty(`--hw-${name}`, value)
}
