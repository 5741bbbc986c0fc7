import { stripVTControlCharacters } from 'node:util'

/** What a text says about the trace that it belongs to; ids are lowercase hex of 32 and 16 digits. */
export interface Identity {
  traceId?: string
  spanId?: string
  correlationId?: string
}

const hex32 = '(?!0{32})[0-9a-f]{32}'
const hex16 = '(?!0{16})[0-9a-f]{16}'
const correlation = '[A-Za-z0-9._:/+=@-]{1,128}'
const traceIdOnly = new RegExp(`^${hex32}$`, 'i')
const spanIdOnly = new RegExp(`^${hex16}$`, 'i')
const correlationIdOnly = new RegExp(`^${correlation}$`)
const traceparent = new RegExp(
  `(?<![\\w-])(?!ff)[0-9a-f]{2}-(${hex32})-(${hex16})-[0-9a-f]{2}(?!\\w)`,
  'i',
)
const tracePath = new RegExp(
  `/trace/(${hex32})(?!\\w)(?:\\?\\S*?\\buiFind=(${hex16})(?!\\w))?`,
  'i',
)

/** A field as pino-pretty, logfmt, HTTP headers and JSON inside a string write it. */
const field = (name: string, value: string) =>
  new RegExp(`(?<!\\w)${name}\\\\?"?\\s*[:=]\\s*\\\\?"?(${value})(?=["\\\\\\s,;}]|$)`, 'i')
const traceIdField = field('trace[_.]?id', hex32)
const spanIdField = field('span[_.]?id', hex16)
const correlationIdField = field('correlation[-_.]?id', correlation)

/** More than a long line with a stack needs; keeps a pasted file from costing seconds. */
const maxLength = 64 * 1024
const maxBraces = 32

/**
 * Reads a trace id, a correlation id, a traceparent, a trace URL or a whole log line (pino's JSON, or
 * as pino-pretty prints it); undefined where the text names no trace.
 *
 * @example identify('app-1  | {"level":30,"correlationId":"abc-123","msg":"hi"}') // { correlationId: 'abc-123' }
 */
export function identify(text: string): Identity | undefined {
  const plain = stripVTControlCharacters(text.slice(0, maxLength)).trim()
  const bare = plain.replace(/^(["'`])(.*)\1$/s, '$2')
  if (traceIdOnly.test(bare)) return { traceId: bare.toLowerCase() }
  return (
    fromLink(bare) ?? fromBareId(bare) ?? fromJson(plain) ?? fromFields(plain) ?? fromAnyLink(plain)
  )
}

function fromLink(text: string): Identity | undefined {
  return /\s|^\{/.test(text) ? undefined : fromAnyLink(text)
}

function fromBareId(text: string): Identity | undefined {
  return correlationIdOnly.test(text) ? { correlationId: text } : undefined
}

function fromAnyLink(text: string): Identity | undefined {
  const match = traceparent.exec(text) ?? tracePath.exec(text)
  return match ? identity(match[1], match[2], undefined) : undefined
}

/** The first JSON object with an id on any of the lines, whatever stands before it. */
function fromJson(text: string): Identity | undefined {
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

function fromRecord(value: unknown): Identity | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const fields = new Map<string, unknown>(Object.entries(value))
  const pick = (pattern: RegExp, ...names: string[]) =>
    names.map((name) => fields.get(name)).find((id) => typeof id === 'string' && pattern.test(id))
  return identity(
    pick(traceIdOnly, 'trace_id', 'traceId', 'trace.id'),
    pick(spanIdOnly, 'span_id', 'spanId', 'span.id'),
    pick(correlationIdOnly, 'correlationId', 'correlation_id', 'correlation.id'),
  )
}

function fromFields(text: string): Identity | undefined {
  return identity(
    traceIdField.exec(text)?.[1],
    spanIdField.exec(text)?.[1],
    correlationIdField.exec(text)?.[1],
  )
}

/** A span id alone finds nothing, so it counts only beside a trace id. */
function identity(traceId: unknown, spanId: unknown, correlationId: unknown): Identity | undefined {
  const found: Identity = {}
  if (typeof traceId === 'string') found.traceId = traceId.toLowerCase()
  if (found.traceId && typeof spanId === 'string') found.spanId = spanId.toLowerCase()
  if (typeof correlationId === 'string') found.correlationId = correlationId
  return found.traceId || found.correlationId ? found : undefined
}
