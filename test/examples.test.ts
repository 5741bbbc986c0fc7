import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import { globSync, readFileSync } from 'node:fs'
import { suite, test } from 'node:test'
import express from 'express'
import { pino } from 'pino'
import { z } from 'zod'

const ROOT = new URL('../', import.meta.url)
// What is not for an app to import: entry points, and what only the package has.
const ENTRIES = [
  'src/server.ts',
  'src/pitfalls.ts',
  'otel/register.ts',
  'src/throughline/log/built-in-pino.ts',
]
const FILES = globSync('{src,otel}/**/*.ts', { cwd: ROOT }).filter(
  (file) => !ENTRIES.includes(file),
)
const AsyncFunction = (async () => {}).constructor

const exported = await Promise.all(FILES.map((file) => import(new URL(file, ROOT).href)))
const scope: Record<string, unknown> = Object.assign(
  { EventEmitter, express, pino, z },
  ...exported,
)

suite('an example that a reader copies out of a docstring runs, and gives what it says', () => {
  const examples = FILES.flatMap(examplesOf)
  for (const { file, code } of examples) {
    test(`${file}: ${code.split('\n')[0]}`, async (t) => {
      const printed: unknown[] = []
      t.mock.method(globalThis, 'fetch', async () => Response.json({ stock: 7 }))
      const names = { ...scope, assert, console: { log: (text: unknown) => printed.push(text) } }

      const run = Reflect.construct(AsyncFunction, [...Object.keys(names), `{${checked(code)}\n}`])
      await Reflect.apply(run, undefined, Object.values(names))

      assert.deepEqual(printed, printsOf(code))
    })
  }

  test('there are examples', () => {
    assert.ok(examples.length >= 5)
  })
})

function examplesOf(file: string) {
  const docstrings = readFileSync(new URL(file, ROOT), 'utf8').match(/\/\*\*[\s\S]*?\*\//g) ?? []
  return docstrings.flatMap((docstring) => {
    const text = docstring.replace(/^\/\*\*| ?\*\/$/g, '').replace(/^ \* ?/gm, '')
    const [, ...codes] = text.split('@example')
    return codes.map((code) => ({ file, code: code.trim() }))
  })
}

/** `expression // literal` on one line becomes an assertion. */
function checked(code: string): string {
  return code.replace(
    /^(?!const |\/\/)(.+) \/\/ (['"{[\d].*)$/gm,
    (_line, expression, literal) => `assert.deepEqual(${expression}, ${literal})`,
  )
}

/** What the example says that it prints: the comment after each `console.log`. */
function printsOf(code: string): string[] {
  return [...code.matchAll(/console\.log.* \/\/ (.+)$/gm)].map(([, text = '']) => text)
}
