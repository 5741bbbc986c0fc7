// Starts a server, says where, and ends without a word to it as soon as its own input ends.
import { ServerProcess } from '../../../bench/run/server-process.ts'

const [file = ''] = process.argv.slice(2)
const server = await ServerProcess.start({
  args: [file],
  cwd: process.cwd(),
  env: { DOWNSTREAM_URL: 'http://127.0.0.1:9/' },
  core: undefined,
})
console.log(server.url)
process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume()
