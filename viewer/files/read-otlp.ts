import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { reasonOf } from '../../src/throughline/answers/reason.ts'
import { Odd } from '../receiver/field.ts'
import type { OtlpLogRecord, OtlpSpan } from '../receiver/otlp.ts'
import { type Decoded, decodeLogs, decodeTraces } from '../receiver/otlp-request.ts'

/** What a file has; what could not be read of it is counted as in a request. */
export interface OtlpFile {
  traces: Decoded<OtlpSpan>
  logs: Decoded<OtlpLogRecord>
}

/**
 * Reads OTLP's JSON: a trace saved here, an answer of Jaeger's query API, or one request a line, as a collector's file
 * exporter writes them; throws an Error that says what it is instead.
 */
export function readOtlp(text: string): OtlpFile {
  const parts = valuesIn(text.replace(/^\ufeff/, '')).map((value) => {
    const { result, ...rest } = otlp.parse(value)
    return result ?? rest
  })
  if (!parts.some((part) => 'resourceSpans' in part || 'resourceLogs' in part))
    throw new Error(parts.some((part) => 'data' in part) ? jaegersOwn : noOtlp)
  try {
    return { traces: join(parts.map(decodeTraces)), logs: join(parts.map(decodeLogs)) }
  } catch (error) {
    if (error instanceof Odd) throw new Error(`${noOtlp}: ${error.message}`, { cause: error })
    throw error
  }
}

/** Reads such a file from the disk; the Error names it. */
export function readOtlpFile(file: string): OtlpFile {
  try {
    return readOtlp(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new Error(`cannot open ${file}: ${reasonOf(error)}`, { cause: error })
  }
}

const noOtlp = 'it is no OTLP JSON, which has resourceSpans or resourceLogs'
const jaegersOwn =
  'it is JSON of Jaeger’s own, not OTLP: save what /api/v3/traces/<trace id> answers instead'
const otlp = z
  .looseObject({ result: z.looseObject({}).optional() })
  .or(z.unknown().transform(() => ({ result: undefined })))

function valuesIn(text: string): unknown[] {
  try {
    return [JSON.parse(text)].flat()
  } catch (error) {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    if (lines.length < 2) throw new Error(`it is no JSON: ${reasonOf(error)}`, { cause: error })
    return lines.map((line, index) => parseLine(line, index + 1))
  }
}

function parseLine(line: string, number: number): unknown {
  try {
    return JSON.parse(line)
  } catch (error) {
    throw new Error(`line ${number} is no JSON: ${reasonOf(error)}`, { cause: error })
  }
}

function join<T>(parts: Decoded<T>[]): Decoded<T> {
  const reason = parts.find((part) => part.reason !== undefined)?.reason
  return {
    batches: parts.flatMap(({ batches }) => batches),
    rejected: parts.reduce((sum, part) => sum + part.rejected, 0),
    ...(reason !== undefined && { reason }),
  }
}
