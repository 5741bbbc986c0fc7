import type { ServerResponse } from 'node:http'
import { setImmediate } from 'node:timers/promises'

/** So many values are made before others get their turn: the page's style and script are asked for meanwhile. */
const atOnce = 500

/** Ends a page with values for its script, as a JSON array in an element of this id. */
export async function sendData(response: ServerResponse, id: string, values: Iterable<unknown>) {
  response.write(`<script type="application/json" id="${id}">[`)
  let part: string[] = []
  let count = 0
  for (const value of values) {
    // No value ends the element, or begins a comment in it.
    const json = JSON.stringify(value).replaceAll(/<(?=[/!])/g, '\\u003c')
    part.push(count === 0 ? json : `,${json}`)
    count += 1
    if (count % atOnce > 0) continue
    response.write(part.join(''))
    part = []
    await setImmediate()
    if (response.destroyed) return // nobody reads it any more
  }
  response.end(`${part.join('')}]</script>`)
}
