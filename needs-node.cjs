// Preloaded by every npm script: an old Node ends with one line here, not with a stack about `.ts` files.
const { engines } = require('./package.json')

const needed = engines.node.replace('>=', '')
if (process.versions.node.localeCompare(needed, 'en', { numeric: true }) < 0) {
  console.error(
    `Throughline needs Node ${needed} or later and this is ${process.versions.node}: ` +
      'run `npm ci` without --ignore-scripts, which brings its own Node, or install a newer one.',
  )
  process.exit(1)
}
