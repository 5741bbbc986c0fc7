import { stripVTControlCharacters } from 'node:util'
import { fieldsOf, parseJson } from './json-fields.ts'

/** What a text says about the trace that it belongs to; ids are lowercase hex of 32 and 16 digits. */
export interface Identity {
  traceId?: string
  spanId?: string
  correlationId?: string
}

/* Each pattern names what it finds as an Identity does. */
const hex32 = '(?:0x)?(?<traceId>(?!0{32})[0-9a-f]{32})'
const hex16 = '(?:0x)?(?<spanId>(?!0{16})[0-9a-f]{16})'
const correlation = '(?<correlationId>[A-Za-z0-9._:/+=@-]{1,128})'
const traceIdOnly = new RegExp(`^${hex32}$`, 'i')
const spanIdOnly = new RegExp(`^${hex16}$`, 'i')
const correlationIdOnly = new RegExp(`^${correlation}$`)
const traceparent = new RegExp(
  `(?<![\\w-])(?!ff)[0-9a-f]{2}-${hex32}-${hex16}-[0-9a-f]{2}(?!\\w)`,
  'i',
)
const tracePath = new RegExp(`/trace/${hex32}(?!\\w)(?:\\?\\S*?\\buiFind=${hex16}(?!\\w))?`, 'i')
/** An id without its name, as in `[app,<trace id>,<span id>]` or the headers b3 and uber-trace-id. */
const nameless = new RegExp(
  `(?<![0-9a-z])${hex32}(?![0-9a-z])(?:[-,:/ ]{1,2}${hex16}(?![0-9a-z]))?`,
  'i',
)

/** A field as loggers, HTTP headers, debuggers and JSON inside a string write it. */
const field = (name: string, value: string) =>
  new RegExp(
    `(?<![a-z0-9])${name}[\\\\"']*\\s*[:=(]\\s*[\\\\"'([<]*${value}(?=["'\\\\\\s,;&|})>\\]]|$)`,
    'i',
  )
const namedFields = [
  // As `pivot` prints it.
  new RegExp(`^correlation id ${correlation}$`, 'im'),
  field('correlation[-_. ]?id', correlation),
  field('trace[-_. ]?id', hex32),
  field('span[-_. ]?id', hex16),
]

/** More than a long line with a stack needs; keeps a pasted file from costing seconds. */
const maxLength = 64 * 1024
const maxBraces = 32

/**
 * Reads a trace id, a correlation id, a traceparent, a trace URL, a whole log line, a header or whatever else has one
 * of them in it; undefined where the text names no trace.
 *
 * @example identify('app-1  | {"level":30,"correlationId":"abc-123","msg":"hi"}') // { correlationId: 'abc-123' }
 */
export function identify(text: string): Identity | undefined {
  const plain = plainText(text)
  const word = bareWord(plain)
  const link = find(plain, traceparent) ?? find(plain, tracePath)
  if (word !== undefined)
    return find(word, traceIdOnly) ?? link ?? find(plain, ...namedFields) ?? { correlationId: word }
  const isLink = !/\s|^\{/.test(plain)
  return (
    (isLink ? link : undefined) ??
    fromJson(plain) ??
    find(plain, ...namedFields) ??
    link ??
    find(plain, nameless)
  )
}

/** The one word that a text is, without its quotes, brackets and commas, where that may be an id. */
export function bareWord(text: string): string | undefined {
  if (text.length > 2 * 128) return undefined
  const word = text.trim().replaceAll(/^["'`([<]+|["'`)\]>,;]+$/g, '')
  return correlationIdOnly.test(word) ? word : undefined
}

/** The text without what is not seen, and with what browsers and editors have made of quotes undone. */
function plainText(text: string): string {
  const plain = stripVTControlCharacters(text.slice(0, maxLength))
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/&quot;|&#34;|[“”]/g, '"')
    .replaceAll(/[‘’]/g, "'")
    .trim()
  try {
    return /%[2357][0-9a-f]/i.test(plain) ? decodeURIComponent(plain) : plain
  } catch {
    return plain // its % are percents
  }
}

/** What the patterns find in the text together. */
const find = (text: string, ...patterns: RegExp[]) =>
  identity(Object.assign({}, ...patterns.map((pattern) => pattern.exec(text)?.groups)))

/** A span id alone finds nothing, so it counts only beside a trace id. */
function identity({ traceId, spanId, correlationId }: Identity): Identity | undefined {
  if (!traceId && !correlationId) return undefined
  return {
    ...(traceId && { traceId: traceId.toLowerCase() }),
    ...(traceId && spanId && { spanId: spanId.toLowerCase() }),
    ...(correlationId && { correlationId }),
  }
}

/** The first JSON object with an id. */
const fromJson = (text: string) =>
  maybeJson(text)
    .take(1 + maxBraces)
    .map((json) => fromRecord(parseJson(json)))
    .find((found) => found !== undefined)

/** The text as a whole, and what may be an object on any of its lines, whatever stands before it. */
function* maybeJson(text: string): Generator<string> {
  yield text
  for (const line of text.split('\n')) {
    const end = line.lastIndexOf('}') + 1
    for (const { index } of line.slice(0, end).matchAll(/\{/g)) yield line.slice(index, end)
  }
}

/** A span's id counts where it stands beside the trace's: a link has both, of another one. */
function fromRecord(value: unknown): Identity | undefined {
  const fields = fieldsOf(value)
  const pick = (name: RegExp, id: RegExp, beside?: unknown) =>
    fields.find(
      (field) =>
        name.test(field.name) && id.test(field.text) && (!beside || field.holder === beside),
    )
  const trace = pick(/^trace[-_.]?id$/i, traceIdOnly)
  const span = pick(/^span[-_.]?id$/i, spanIdOnly, trace?.holder)
  const correlation = pick(/^(x[-_])?correlation[-_.]?id$/i, correlationIdOnly)
  return identity({
    ...(trace && traceIdOnly.exec(trace.text)?.groups),
    ...(span && spanIdOnly.exec(span.text)?.groups),
    ...(correlation && { correlationId: correlation.text }),
  })
}
