import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { createContext, runInContext, runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { listen } from '../../listen.ts'

const ROOT = new URL('../../..', import.meta.url).pathname
const USES = `
import { correlation } from './src/throughline/identity/correlation.ts'
import { propagateCorrelation } from './src/throughline/outbound/outbound.ts'
correlation({ warn() {} })
propagateCorrelation()
fetch(url).then((answer) => answer.text()).then(done)
`

test('in a process with a global for each test file, what a file has loaded goes with it', async (t) => {
  const server = createServer((_req, res) => res.end())
  t.after(() => server.close())
  const url = `http://127.0.0.1:${await listen(server)}`
  const code = await bundled(USES)
  const files: WeakRef<object>[] = []
  for (let i = 0; i < 9; i++) files.push(await loadLikeJest(code, url))
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc')
  let kept = files
  for (let i = 0; i < 20 && kept.length > 2; i++) {
    await turn()
    collect()
    kept = kept.filter((file) => file.deref() !== undefined)
  }
  const of = kept.map((file) => files.indexOf(file))
  assert.deepEqual(
    of,
    [0, 8],
    'the last one has its patches in place; what zod keeps of the first is not ours',
  )
})

async function bundled(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ROOT },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    packages: 'external',
    define: { 'import.meta.url': JSON.stringify(import.meta.url) },
    write: false,
  })
  return outputFiles[0]?.text ?? ''
}

/** Runs the code under a global of its own, with this process's modules; gives that global. */
async function loadLikeJest(code: string, url: string): Promise<WeakRef<object>> {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  const global = createContext({
    require: createRequire(import.meta.url),
    module: { exports: {} },
    fetch,
    process,
    url,
    done: resolve,
  })
  runInContext(code, global)
  await promise
  return new WeakRef(runInContext('globalThis', global))
}
