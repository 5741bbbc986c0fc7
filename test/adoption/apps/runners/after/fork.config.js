const observed = { node_args: '--import throughline/register', kill_timeout: 12_000 }

module.exports = { apps: [{ name: 'carousel', script: 'dist/server.js', ...observed }] }
