const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http')
const { ExpressInstrumentation } = require('@opentelemetry/instrumentation-express')
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http')
const { UndiciInstrumentation } = require('@opentelemetry/instrumentation-undici')
const { NodeSDK } = require('@opentelemetry/sdk-node')
const { BatchSpanProcessor } = require('@opentelemetry/sdk-trace')
const { correlationSpans } = require('throughline/otel')

const instrumentations = [
  new HttpInstrumentation(),
  new ExpressInstrumentation(),
  new UndiciInstrumentation(),
]
const batches = new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })
const spanProcessors = [correlationSpans, batches]
new NodeSDK({ serviceName: 'ferry', instrumentations, spanProcessors }).start()
