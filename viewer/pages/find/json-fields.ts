/** A text in a JSON value, under its own name and under that with its object's: `{"trace":{"id":"…"}}` is `trace.id`. */
export interface JsonField {
  name: string
  text: string
  /** The object that has the name. */
  holder: object
}

/** A value under its key, in the object that stands at the outer place; the root has neither. */
interface JsonPlace {
  value: unknown
  key: string
  holder?: object
  outer?: JsonPlace
}

/** More than a log line has; keeps what was pasted from costing seconds. */
const maxPlaces = 10_000

/** The texts of a JSON value of any shape, those nearest to its root first; JSON in a text is looked into as well. */
export function fieldsOf(value: unknown): JsonField[] {
  const fields: JsonField[] = []
  const places: JsonPlace[] = [{ value, key: '' }]
  // The list grows while it is walked, by one level after the other.
  for (const place of places) {
    const { value, key, holder, outer } = place
    if (typeof value === 'string' && holder) {
      fields.push({ name: key, text: value, holder })
      if (outer?.holder)
        fields.push({ name: `${outer.key}.${key}`, text: value, holder: outer.holder })
    }
    if (places.length < maxPlaces) places.push(...below(place))
  }
  return fields
}

function below(place: JsonPlace): JsonPlace[] {
  const { value } = place
  const inner = typeof value === 'string' && /^\s*\{/.test(value) ? parseJson(value) : value
  // The items of a list stand under its name.
  if (Array.isArray(inner)) return inner.map((value) => ({ ...place, value }))
  if (typeof inner !== 'object' || inner === null) return []
  return Object.entries(inner).map(([key, value]) => ({ key, value, holder: inner, outer: place }))
}

/** Undefined where the text only looks like JSON: its brace belonged to a message, or it was cut off. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
