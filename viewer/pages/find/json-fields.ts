/** A text in a JSON value, under its own name and under that with its object's: `{"trace":{"id":"…"}}` is `trace.id`. */
export interface JsonField {
  name: string
  text: string
  /** The object that has the name. */
  holder: object
}

/** More than a log line has; keeps what was pasted from costing seconds. */
const maxFields = 5000

/** The texts of a JSON value of any shape, those nearest to its root first; JSON in a text is looked into as well. */
export function fieldsOf(value: unknown): JsonField[] {
  const fields: JsonField[] = []
  let level: Place[] = [{ value, key: '', holder: undefined, outer: undefined }]
  while (level.length > 0 && fields.length < maxFields) {
    for (const { value, key, holder, outer } of level) {
      if (typeof value !== 'string' || !holder) continue
      fields.push({ name: key, text: value, holder })
      if (outer) fields.push({ name: `${outer.key}.${key}`, text: value, holder: outer.holder })
    }
    level = level.flatMap(below).slice(0, maxFields)
  }
  return fields
}

interface Place {
  value: unknown
  key: string
  holder: object | undefined
  outer: { key: string; holder: object } | undefined
}

function below({ value, key, holder, outer }: Place): Place[] {
  const inner = typeof value === 'string' ? parsed(value) : value
  // The items of a list stand under its name.
  if (Array.isArray(inner)) return inner.map((item) => ({ value: item, key, holder, outer }))
  if (typeof inner !== 'object' || inner === null) return []
  const place = holder && { key, holder }
  return Object.entries(inner).map(([name, each]) => ({
    value: each,
    key: name,
    holder: inner,
    outer: place,
  }))
}

function parsed(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined // it only looks like JSON
  }
}
