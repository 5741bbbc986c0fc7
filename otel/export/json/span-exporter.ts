import { OTLPExporterBase } from '@opentelemetry/otlp-exporter-base'
import {
  convertLegacyHttpOptions,
  createOtlpHttpExportDelegate,
  type OTLPExporterNodeConfigBase,
} from '@opentelemetry/otlp-exporter-base/node-http'
import { JsonTraceSerializer, TraceExporterMetricsHelper } from '@opentelemetry/otlp-transformer'
import type { ReadableSpan } from '@opentelemetry/sdk-trace'
import { spansJson } from './spans.ts'

/** The official exporter of spans over HTTP, in JSON that is written faster. */
export class JsonSpanExporter extends OTLPExporterBase<ReadableSpan[]> {
  constructor(options: OTLPExporterNodeConfigBase) {
    const http = convertLegacyHttpOptions(options, 'TRACES', 'v1/traces', {
      'content-type': 'application/json',
    })
    super(
      createOtlpHttpExportDelegate(
        http,
        SERIALIZER,
        'otlp_http_json_span_exporter',
        TraceExporterMetricsHelper,
        undefined,
      ),
    )
  }
}

const SERIALIZER = {
  serializeRequest: (spans: ReadableSpan[]) => Buffer.from(spansJson(spans)),
  deserializeResponse: JsonTraceSerializer.deserializeResponse,
}
