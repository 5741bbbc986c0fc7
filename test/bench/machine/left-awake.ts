// Keeps a core awake, and is killed.
import { keepAwake } from '../../../bench/machine/awake.ts'

await new Promise((resolve) => keepAwake(0).once('spawn', resolve))
process.kill(process.pid, 'SIGKILL')
