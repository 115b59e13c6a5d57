import { cleanUrl, isSecret, MASK } from '../track/privacy'

/**
 * What people type and choose, and what the page calls private, is not recorded: not even its length.
 * The recorder masks by itself, but leaves out what stands in the attributes of emptied fields, what
 * is ticked, and the like; so every event is gone through once more before it is kept.
 */

export const maskText = (text: string) => (text.trim() ? MASK : text)

/** Text that people write into the page itself, and what the page calls private. */
export const MASKED_TEXT = '[contenteditable]:not([contenteditable=false]),textarea,[data-private],.pg-mask'
export const BLOCKED = '[data-no-record],.pg-block'

/** By the name of the element: all of them, whatever their type is now or was before. */
export const MASKED_INPUTS = { input: true, textarea: true, select: true }

/** source: rrweb 2, `EventType`, `IncrementalSource` */
const FULL_SNAPSHOT = 2
const INCREMENTAL = 3
const META = 4
const MUTATION = 0
const INPUT = 5

type Attributes = Record<string, unknown>

interface Node {
  tagName?: string
  attributes?: Attributes
  childNodes?: Node[]
}

export interface Recorded {
  type: number
  data?: unknown
  timestamp: number
}

/** @returns the same event, masked in place */
export function masked<E extends Recorded>(event: E): E {
  const data = event.data as {
    href?: string
    node?: Node
    source?: number
    adds?: { node: Node }[]
    attributes?: { attributes: Attributes }[]
    text?: string
    isChecked?: boolean
  }
  if (event.type === META && data.href) data.href = cleanUrl(data.href)
  else if (event.type === FULL_SNAPSHOT && data.node) maskNode(data.node)
  else if (event.type === INCREMENTAL && data.source === INPUT) {
    data.text = maskText(data.text ?? '')
    data.isChecked = false
  } else if (event.type === INCREMENTAL && data.source === MUTATION) {
    data.adds?.forEach(({ node }) => maskNode(node))
    data.attributes?.forEach(({ attributes }) => maskAttributes(attributes))
  }
  return event
}

function maskNode({ tagName, attributes, childNodes }: Node) {
  if (attributes) {
    maskAttributes(attributes)
    if (tagName === 'input' || tagName === 'textarea') maskValue(attributes)
    if (tagName === 'meta' && isSecret(String(attributes.name))) attributes.content = MASK
  }
  childNodes?.forEach(maskNode)
}

/** What a button says is the page's own. */
function maskValue(attributes: Attributes) {
  const { type, value } = attributes
  if (value && !['submit', 'button', 'reset'].includes(String(type).toLowerCase())) attributes.value = MASK
}

function maskAttributes(attributes: Attributes) {
  delete attributes.checked
  delete attributes.selected
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value !== 'string') continue
    if (name === 'href' || name === 'action' || name === 'formaction') attributes[name] = cleanUrl(value)
    else if (name.startsWith('data-') && isSecret(name)) attributes[name] = MASK
  }
}
