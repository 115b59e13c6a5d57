type Attributes = Record<string, string | number | boolean | undefined>
type Child = Node | string | undefined | false

/** An element; `true` is an attribute without a value, `false` and `undefined` are none. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value))
  }
  element.append(...children.filter((child): child is Node | string => Boolean(child)))
  return element
}

let count = 0

/** Several forms may be on a page, and one form several times. */
export const uniqueId = () => `hw-${++count}`
