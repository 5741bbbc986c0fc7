import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'

/** So many rows are made before others get their turn: the page's style and script are asked for meanwhile. */
const atOnce = 500

/**
 * Ends a page with the HTML of rows for its script, one a line: in an element that the browser takes for text. A
 * template has escaped what could end that, so it is no row's business.
 */
export async function sendRows(response: ServerResponse, rows: Iterable<string>) {
  let part = '<script type="text/plain" id="all-rows">'
  let count = 0
  for (const html of rows) {
    part += `${html.trim().replaceAll('\n', '&#10;')}\n`
    count += 1
    if (count % atOnce > 0) continue
    response.write(part)
    part = ''
    await setImmediate()
    if (response.destroyed) return // nobody reads it any more
  }
  response.end(`${part}</script>`)
}
