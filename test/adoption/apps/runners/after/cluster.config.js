const observed = { node_args: '--import throughline/register', kill_timeout: 12_000 }
const two = { instances: 2, exec_mode: 'cluster' }

module.exports = { apps: [{ name: 'carousel', script: 'dist/server.js', ...two, ...observed }] }
