module.exports = {
  apps: [{ name: 'carousel', script: 'dist/server.js', instances: 2, exec_mode: 'cluster' }],
}
