/** A JSON array; by appending, since `join` would write out each item once more. */
export function listJson<Item>(items: Iterable<Item>, json: (item: Item) => string): string {
  let list = ''
  for (const item of items) list += list === '' ? json(item) : `,${json(item)}`
  return `[${list}]`
}
