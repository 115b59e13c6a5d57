import { printExact } from './api'

/** Saves what was answered as a file. The key travels in a header, so that a plain link would be refused. */
export function saveJson(name: string, data: unknown): void {
  const url = URL.createObjectURL(new Blob([printExact(data)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
