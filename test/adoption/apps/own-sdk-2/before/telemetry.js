const { getNodeAutoInstrumentations } = require('@opentelemetry/auto-instrumentations-node')
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-http')
const { NodeSDK, tracing } = require('@opentelemetry/sdk-node')

const batches = new tracing.BatchSpanProcessor(new OTLPTraceExporter())
new NodeSDK({
  serviceName: 'ferry',
  instrumentations: [getNodeAutoInstrumentations()],
  spanProcessors: [batches],
}).start()
