import { spawnSync } from 'node:child_process'
import { autocannon } from './autocannon.ts'
import { type FullLoad, wrk } from './wrk.ts'

/** wrk where it is installed, else autocannon, with its name for the report. */
export function chooseLoad(): { name: string; load: FullLoad } {
  const { error } = spawnSync('wrk', ['--version'])
  return error ? { name: 'autocannon', load: autocannon } : { name: 'wrk', load: wrk }
}
