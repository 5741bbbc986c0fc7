const { PgInstrumentation } = require('@opentelemetry/instrumentation-pg')
const { start } = require('throughline/otel')

start({ instrumentations: [new PgInstrumentation()] })
