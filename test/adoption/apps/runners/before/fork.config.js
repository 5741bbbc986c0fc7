module.exports = { apps: [{ name: 'carousel', script: 'dist/server.js' }] }
