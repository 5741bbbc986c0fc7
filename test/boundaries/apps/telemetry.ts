import { IORedisInstrumentation } from '@opentelemetry/instrumentation-ioredis'
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg'
import { start } from '../../../otel/index.ts'

start({ instrumentations: [new PgInstrumentation(), new IORedisInstrumentation()] })
