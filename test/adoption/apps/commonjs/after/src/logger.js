const { createLogger, format, transports } = require('winston')
const { identities } = require('throughline')

const joined = format((info) => Object.assign(info, identities(info, info.level)))

module.exports = createLogger({
  level: process.env.LOG_LEVEL || 'info',
  format: format.combine(joined(), format.timestamp(), format.json()),
  transports: [new transports.Console()],
})
