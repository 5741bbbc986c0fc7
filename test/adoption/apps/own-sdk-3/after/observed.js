const { throughline } = require('throughline')

module.exports = throughline()
