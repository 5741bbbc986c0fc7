import { app, closeInOrder } from './app'

closeInOrder(app.listen(Number(process.env.PORT ?? 3000)))
