// Loaded first: `node --import ./otel/register.ts src/server.ts`.
import { start } from './install.ts'

// More instrumentations go in here: start({ instrumentations: [new PgInstrumentation()] })
start()
