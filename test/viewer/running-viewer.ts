import assert from 'node:assert/strict'
import { request } from 'node:http'
import type { TestContext } from 'node:test'
import { z } from 'zod'
import { startViewer, type Viewer } from '../../viewer/viewer.ts'

/** A viewer on free ports, ended with the test. */
export async function runningViewer(
  t: TestContext,
  options: Parameters<typeof startViewer>[0] = {},
): Promise<Viewer> {
  const viewer = await startViewer({ uiPort: 0, otlpPort: 0, ...options })
  t.after(() => viewer.close())
  return viewer
}

export const postJson = (url: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

/** Sends OTLP and asserts that all of it was taken. */
export async function send(otlp: string, signal: 'traces' | 'logs', body: unknown): Promise<void> {
  const response = await postJson(`${otlp}/v1/${signal}`, body)
  assert.deepEqual([response.status, await response.json()], [200, { partialSuccess: {} }])
}

/** A request with headers that fetch does not let one set, as Host, or a path that it would tidy up, as `/a/../b`. */
export function raw(
  url: string,
  options: { method?: string; path?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; body: string }> {
  const { method = 'GET', path = new URL(url).pathname, headers = {}, body } = options
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, path, headers }, async (response) => {
      let text = ''
      for await (const chunk of response.setEncoding('utf8')) text += chunk
      resolve({ status: z.number().parse(response.statusCode), body: text })
    })
    sent.once('error', reject).end(body)
  })
}

/** The page's text and status. */
export async function page(url: string): Promise<{ status: number; html: string; url: string }> {
  const response = await fetch(url)
  return { status: response.status, html: await response.text(), url: response.url }
}
