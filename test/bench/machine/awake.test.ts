import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { keepAwake } from '../../../bench/machine/awake.ts'
import { chooseCores } from '../../../bench/machine/cores.ts'

const skip = chooseCores()?.awake ? false : 'needs two cores, taskset and chrt'

test('a core is kept awake by what gives way to all else', { skip }, async () => {
  const loop = keepAwake(0)
  const policy = () => spawnSync('chrt', ['--pid', `${loop.pid}`], { encoding: 'utf8' }).stdout
  while (!policy().includes('SCHED_IDLE')) await delay(10)
  // In clock ticks, the fourteenth of its figures (proc_pid_stat(5)).
  const worked = () => Number(readFileSync(`/proc/${loop.pid}/stat`, 'utf8').split(' ')[13])
  while (worked() < 20) await delay(10)
  loop.kill()
  assert.deepEqual(await once(loop, 'exit'), [null, 'SIGTERM'])
})

test('it ends with whoever started it', { skip }, async () => {
  const file = fileURLToPath(new URL('left-awake.ts', import.meta.url))
  const child = spawn(process.execPath, [file], { stdio: ['ignore', 'ignore', 'pipe'] })
  const closed = once(child, 'close')
  child.stderr.resume()
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
  // The loop has the same stderr: it closes when both have ended.
  await closed
})
