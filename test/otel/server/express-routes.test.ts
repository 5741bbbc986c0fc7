import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { createRequire } from 'node:module'
import { type TestContext, test } from 'node:test'
import type { Express, NextFunction, Request, Response, Router } from 'express'
import { isUnseenExpress, recordMountsOf, routeOf } from '../../../otel/server/express-routes.ts'
import { listen } from '../../listen.ts'

type ExpressModule = typeof import('express')

const require = createRequire(import.meta.url)

const ok = (_req: Request, res: Response) => {
  res.json('ok')
}
const pass = (_req: Request, _res: Response, next: NextFunction) => next()
const fail = (error: unknown, _req: Request, res: Response, _next: NextFunction) => {
  res.status(500).json(String(error))
}

for (const name of ['express', 'express4']) {
  const express: ExpressModule = require(name)
  // Twice, as where two copies of Express share a router.
  recordMountsOf(require(name))
  recordMountsOf(require(name))

  /** The route of each request, as it is known when the answer is over. */
  async function routesOf(t: TestContext, app: Express, ...requests: string[]) {
    const over = new EventEmitter()
    const url = await serve(t, (req, res) => {
      res.on('close', () => over.emit('close', routeOf(req)))
      app(req, res)
    })
    const found: unknown[] = []
    for (const request of requests) {
      const [method = '', path = ''] = request.split(' ')
      const closed = once(over, 'close')
      await (await fetch(url + path, { method })).text()
      found.push(...(await closed))
    }
    return found
  }

  /** An app whose routers are set up by `setUp`. */
  function appWith(setUp: (app: Express, router: () => Router) => void): Express {
    const app = express()
    setUp(app, () => express.Router())
    return app
  }

  test(`${name}: a route is its pattern, whatever the query, its optional parts or its method`, async (t) => {
    const optional = name === 'express' ? '/opt{/fixed}' : '/opt(/fixed)?'
    const app = appWith((app) => {
      app.get('/', ok)
      app.get(optional, ok)
      app.get('/items/:id', ok)
      app.all('/any', ok)
      app.route('/chained').put(ok)
      app.get(/^\/n(\d+)$/, ok)
    })
    const found = await routesOf(
      t,
      app,
      ...['GET /', 'GET /?a=1', 'GET /opt', 'GET /opt/fixed?b', 'HEAD /items/7', 'GET /items/7/'],
      ...['DELETE /any', 'PUT /chained', 'GET /n12'],
    )
    assert.deepEqual(found, [
      ...['/', '/', optional, optional, '/items/:id', '/items/:id'],
      ...['/any', '/chained', '/^\\/n(\\d+)$/'],
    ])
  })

  test(`${name}: where no route matched there is none: 404, below a mount too, OPTIONS, an error before`, async (t) => {
    const app = appWith((app, router) => {
      app.get('/items/:id', ok)
      app.use('/api', router().get('/items/:id', ok))
      app.use('/static', pass, ok)
      app.use('/broken', () => {
        throw new Error('before any route')
      })
      app.use(fail)
    })
    const asked = ['GET /no', 'GET /api/no', 'OPTIONS /items/7', 'GET /static/x', 'GET /broken']
    assert.deepEqual(await routesOf(t, app, ...asked), Array(5).fill(undefined))
  })

  test(`${name}: the mounts of routers and apps stand before a route, by their patterns`, async (t) => {
    const app = appWith((app, router) => {
      const items = router().get('/', ok).get('/items/:id', ok)
      app.use('/api', pass, items)
      app.use('/deep/', router().use('/:tenant', express.Router({ mergeParams: true }).use(items)))
      app.use(router().use('/users/:user', items, pass))
      app.use('/admin', express().use('/v1', items))
      app.use('/by-hand', (req, res, next) => items(req, res, next))
      app.use(/^\/v\d+/, items)
      app.use(router().use(items))
    })
    const found = await routesOf(
      t,
      app,
      ...['GET /api/items/7', 'GET /api', 'GET /api/?a', 'GET /deep/acme/items/7'],
      ...['GET /users/hunter2/items/7', 'GET /admin/v1/items/7', 'GET /by-hand/items/7'],
      ...['GET /v12/items/7', 'GET /items/7'],
    )
    assert.deepEqual(found, [
      ...['/api/items/:id', '/api', '/api', '/deep/:tenant/items/:id'],
      ...['/users/:user/items/:id', '/admin/v1/items/:id', '/by-hand/items/:id'],
      ...['/^\\/v\\d+/items/:id', '/items/:id'],
    ])
  })

  test(`${name}: of an array of paths the route is the one that matched`, async (t) => {
    const app = appWith((app, router) => {
      app.get(['/a', '/b/:id'], ok)
      app.use(['/x', '/y/:id'], router().get(['/c', '/d/:id'], ok))
    })
    const asked = ['GET /a', 'GET /b/7', 'GET /b/8', 'GET /x/c', 'GET /y/7/d/8?e']
    const found = await routesOf(t, app, ...asked)
    assert.deepEqual(found, ['/a', '/b/:id', '/b/:id', '/x/c', '/y/:id/d/:id'])
  })

  test(`${name}: a url that a middleware rewrote is named by the route that it came to`, async (t) => {
    const app = appWith((app, router) => {
      app.use('/api', (req, _res, next) => {
        req.url = '/items/7'
        next()
      })
      app.use('/api', router().get('/items/:id', ok))
      app.use((req, _res, next) => {
        req.url = '/new/7'
        next()
      })
      app.get('/new/:id', ok)
    })
    assert.deepEqual(await routesOf(t, app, 'GET /old/7', 'GET /api/old'), [
      '/new/:id',
      '/api/items/:id',
    ])
  })

  test(`${name}: the last route that matched counts, though it failed or passed on, under its own mounts`, async (t) => {
    const app = appWith((app, router) => {
      app.all(/^\/guarded/, pass)
      app.use('/guarded', router().get('/in', ok), (req, res, next) => {
        if (req.path === '/answered') ok(req, res)
        else next()
      })
      const users = router()
      users.param('id', (_req, _res, next) => next(new Error('no such id')))
      users.get('/:id', ok)
      app.use('/users', users)
      app.use(
        '/failing/:id',
        router().get('/now', (_req, _res, next) => next(new Error('now'))),
      )
      app.use('/passing', router().get('/on', pass))
      app.use(fail)
    })
    const found = await routesOf(
      t,
      app,
      ...['GET /guarded/in', 'GET /guarded/answered', 'GET /guarded/no', 'GET /users/7'],
      ...['GET /failing/7/now', 'GET /passing/on'],
    )
    assert.deepEqual(found, [
      ...['/guarded/in', '/^\\/guarded/', '/^\\/guarded/', '/users/:id'],
      ...['/failing/:id/now', '/passing/on'],
    ])
  })

  test(`${name}: what looks into the stack finds what was put there`, () => {
    const router = express.Router()
    const mounted = express.Router()
    router.use('/api', mounted)
    assert.equal(router.stack[0]?.handle, mounted)
    assert.equal(isUnseenExpress(express()), false)
  })
}

async function serve(t: TestContext, listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  const port = await listen(server)
  t.after(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${port}`
}
