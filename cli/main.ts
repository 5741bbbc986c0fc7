#!/usr/bin/env node

const COMMANDS = {
  demo: () => import('./demo/demo.ts'),
  doctor: () => import('./doctor/doctor.ts'),
  pivot: () => import('./pivot/pivot.ts'),
  viewer: () => import('./viewer/viewer.ts'),
}

const USAGE = `Usage: throughline <command> [options]

  demo      starts a trace viewer and an app, and steps from a log line to its trace
  doctor    says of the app in this folder what is wrong with its traces, and what to do
  pivot     from a trace id, a correlation id or a log line to the trace, in the terminal
  viewer    takes traces and log lines on ports 4317 and 4318 and shows them on port 16686

Each says more with --help.`

const [name = '--help', ...args] = process.argv.slice(2)
const load = Object.entries(COMMANDS).find(([command]) => command === name)?.[1]
if (load !== undefined) {
  load()
    .then(({ main }) => main(args))
    .then((status) => {
      process.exitCode = status
    })
} else if (name === '--help' || name === '-h') {
  console.log(USAGE)
} else {
  console.error(`throughline: no command ${JSON.stringify(name)}\n\n${USAGE}`)
  process.exitCode = 2
}
