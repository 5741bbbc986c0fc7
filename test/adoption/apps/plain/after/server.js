import { app, closeInOrder } from './app.js'

closeInOrder(app.listen(process.env.PORT ?? 3000))
