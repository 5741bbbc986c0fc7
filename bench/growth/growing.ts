// Ours, with a route that writes as many lines and makes as many spans as it is asked for.
import { trace } from '@opentelemetry/api'
import { downstreamUrl } from '../servers/downstream-url.ts'
import { ourServer } from '../servers/our-server.ts'
import { addRoutes } from '../servers/routes.ts'
import { serve } from '../servers/serve.ts'

const tracer = trace.getTracer('growth')

await serve(
  ourServer((app, logger) => {
    addRoutes(app, logger, downstreamUrl())
    app.get('/lines/:lines/spans/:spans', (req, res) => {
      // The last line, and the first span, every request has.
      for (let line = 1; line < Number(req.params.lines); line++) logger.info('one more')
      for (let span = 1; span < Number(req.params.spans); span++) {
        tracer.startActiveSpan('one more', (more) => more.end())
      }
      res.json({ ok: true })
    })
  }),
)
