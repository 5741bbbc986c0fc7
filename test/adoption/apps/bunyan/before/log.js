const bunyan = require('bunyan')

exports.log = bunyan.createLogger({ name: 'post-office', streams: [{ stream: process.stdout }] })

exports.audit = (what) => console.log(JSON.stringify({ what }))
