// With `--import ./otel/register.ts` in front of it, traced; else with the correlation id alone.
import { downstreamUrl } from './downstream-url.ts'
import { ourServer } from './our-server.ts'
import { addRoutes } from './routes.ts'
import { serve } from './serve.ts'

await serve(ourServer((app, logger) => addRoutes(app, logger, downstreamUrl())))
