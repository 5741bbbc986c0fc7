const bunyan = require('bunyan')
const { identities } = require('throughline')

const lines = {
  write(line) {
    const joined = { ...line, ...identities(line, line.level) }
    console.log(JSON.stringify(joined, bunyan.safeCycles()))
  },
}
exports.log = bunyan.createLogger({
  name: 'post-office',
  streams: [{ type: 'raw', stream: lines }],
})

exports.audit = (what) => console.log(JSON.stringify({ what, ...identities() }))
