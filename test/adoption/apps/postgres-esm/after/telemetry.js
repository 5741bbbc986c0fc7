import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { start } from 'throughline/otel'

start({ instrumentations: [new PgInstrumentation()] })
