import { stripVTControlCharacters } from 'node:util'
import { fieldsOf } from './json-fields.ts'

/** What a text says about the trace that it belongs to; ids are lowercase hex of 32 and 16 digits. */
export interface Identity {
  traceId?: string
  spanId?: string
  correlationId?: string
}

const hex32 = '(?!0{32})[0-9a-f]{32}'
const hex16 = '(?!0{16})[0-9a-f]{16}'
const correlation = '[A-Za-z0-9._:/+=@-]{1,128}'
const traceIdOnly = new RegExp(`^(?:0x)?(${hex32})$`, 'i')
const spanIdOnly = new RegExp(`^(?:0x)?(${hex16})$`, 'i')
const correlationIdOnly = new RegExp(`^(${correlation})$`)
const traceparent = new RegExp(
  `(?<![\\w-])(?!ff)[0-9a-f]{2}-(${hex32})-(${hex16})-[0-9a-f]{2}(?!\\w)`,
  'i',
)
const tracePath = new RegExp(
  `/trace/(${hex32})(?!\\w)(?:\\?\\S*?\\buiFind=(${hex16})(?!\\w))?`,
  'i',
)
/** An id without its name, as in `[app,<trace id>,<span id>]` or the headers b3 and uber-trace-id. */
const nameless = new RegExp(
  `(?<![0-9a-z])(?:0x)?(${hex32})(?![0-9a-z])(?:[-,:/ ]{1,2}(${hex16})(?![0-9a-z]))?`,
  'i',
)

/** A field as loggers, HTTP headers, debuggers and JSON inside a string write it. */
const field = (name: string, value: string) =>
  new RegExp(
    `(?<![a-z0-9])${name}[\\\\"']*\\s*[:=(]\\s*[\\\\"'([<]*(${value})(?=["'\\\\\\s,;&|})>\\]]|$)`,
    'i',
  )
const traceIdField = field('trace[-_. ]?id', `(?:0x)?${hex32}`)
const spanIdField = field('span[-_. ]?id', `(?:0x)?${hex16}`)
const correlationIdField = field('correlation[-_. ]?id', correlation)
/** As `pivot` prints it. */
const correlationIdLine = new RegExp(`^correlation id (${correlation})$`, 'im')

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
  if (word !== undefined && traceIdOnly.test(word)) return identity(word)
  return (
    (/\s|^\{/.test(plain) ? undefined : fromLink(plain)) ??
    (word === undefined ? fromJson(plain) : undefined) ??
    fromFields(plain) ??
    (word === undefined ? (fromLink(plain) ?? fromNameless(plain)) : { correlationId: word })
  )
}

/** The one word that a text is, without its quotes, brackets and commas, where that may be an id. */
export function bareWord(text: string): string | undefined {
  if (text.length > 2 * 128) return undefined
  const word = text.trim().replaceAll(/^["'`([<]+|["'`)\]>,;]+$/g, '')
  return correlationIdOnly.test(word) ? word : undefined
}

const quotes: Readonly<Record<string, string>> = { '“': '"', '”': '"', '‘': "'", '’': "'" }

/** The text without what is not seen, and with what browsers and editors have made of quotes undone. */
function plainText(text: string): string {
  const plain = stripVTControlCharacters(text.slice(0, maxLength))
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/&quot;|&#34;/g, '"')
    .replaceAll(/[“”‘’]/g, (quote) => quotes[quote] ?? quote)
    .trim()
  try {
    return /%[2357][0-9a-f]/i.test(plain) ? decodeURIComponent(plain) : plain
  } catch {
    return plain // its % are percents
  }
}

function fromLink(text: string): Identity | undefined {
  const match = traceparent.exec(text) ?? tracePath.exec(text)
  return match ? identity(match[1], match[2]) : undefined
}

function fromNameless(text: string): Identity | undefined {
  const [, traceId, spanId] = nameless.exec(text) ?? []
  return identity(traceId, spanId)
}

/** The first JSON object with an id: the text as a whole, or on any of its lines, whatever stands before it. */
function fromJson(text: string): Identity | undefined {
  const whole = fromRecord(parse(text))
  if (whole) return whole
  let braces = 0
  for (const line of text.split('\n')) {
    const end = line.lastIndexOf('}') + 1
    for (let at = line.indexOf('{'); at >= 0 && at < end; at = line.indexOf('{', at + 1)) {
      if (++braces > maxBraces) return undefined
      const found = fromRecord(parse(line.slice(at, end)))
      if (found) return found
    }
  }
  return undefined
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined // the brace belonged to the message, or the line was cut off: others are tried
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
  return identity(
    trace?.text,
    pick(/^span[-_.]?id$/i, spanIdOnly, trace?.holder)?.text,
    pick(/^(x[-_])?correlation[-_.]?id$/i, correlationIdOnly)?.text,
  )
}

function fromFields(text: string): Identity | undefined {
  return identity(
    traceIdField.exec(text)?.[1],
    spanIdField.exec(text)?.[1],
    (correlationIdField.exec(text) ?? correlationIdLine.exec(text))?.[1],
  )
}

/** A span id alone finds nothing, so it counts only beside a trace id. */
function identity(
  traceId: string | undefined,
  spanId?: string,
  correlationId?: string,
): Identity | undefined {
  if (!traceId && !correlationId) return undefined
  return {
    ...(traceId && { traceId: digits(traceId) }),
    ...(traceId && spanId && { spanId: digits(spanId) }),
    ...(correlationId && { correlationId }),
  }
}

const digits = (id: string) => id.toLowerCase().replace(/^0x/, '')
