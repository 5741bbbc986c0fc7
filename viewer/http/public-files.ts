import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { RequestHandler } from 'router'
import { send } from './answers.ts'

const types = new Map([
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
])

/**
 * Serves the files of a folder by the route's `name`. They are few and small, so all are read at the start: a request
 * then only chooses among them, and no path of its making reaches the disk.
 */
export function publicFiles(folder: string): RequestHandler<{ name: string }> {
  const files = new Map(readdirSync(folder).map((name) => [name, readPublic(folder, name)]))
  return function publicFiles({ params, headers }, response, next) {
    const file = files.get(params.name)
    if (!file) return next()
    response.setHeader('Cache-Control', 'public, max-age=0')
    response.setHeader('ETag', file.etag)
    if (isKnown(headers['if-none-match'], file.etag)) response.writeHead(304).end()
    else send(response, 200, file.type, file.body)
  }
}

function readPublic(folder: string, name: string) {
  const type = types.get(extname(name))
  if (!type) throw new Error(`${name} has no content type yet: name one in public-files.ts`)
  const body = readFileSync(join(folder, name))
  return { type, body, etag: `"${createHash('sha256').update(body).digest('base64url')}"` }
}

/** Whether the browser has it already; proxies that compress mark an ETag as weak. */
function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  const tags = ifNoneMatch?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? []
  return tags.includes(etag) || tags.includes('*')
}
