const app = require('./app')
const logger = require('./logger')

app.closeInOrder(app.listen(process.env.PORT || 3000, () => logger.info('ready')))
