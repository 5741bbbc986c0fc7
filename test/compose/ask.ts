import { setTimeout } from 'node:timers/promises'

/** What `read` makes of the page's text as soon as it makes something of it; the page is asked for again until then. */
export async function askUntil<T>(url: string, read: (text: string) => T | undefined): Promise<T> {
  for (;;) {
    const response = await fetch(url)
    const text = await response.text()
    const found = response.ok ? read(text) : undefined
    if (found !== undefined) return found
    await setTimeout(50)
  }
}
