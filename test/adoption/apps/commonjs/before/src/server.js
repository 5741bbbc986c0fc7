const app = require('./app')
const logger = require('./logger')

const server = app.listen(process.env.PORT || 3000, () => logger.info('ready'))

process.on('SIGTERM', () => server.close())
