const app = require('./app.js')
const { closeInOrder } = require('./observed.js')

closeInOrder(app.listen(process.env.PORT ?? 3000))
