import { createApp } from './app.js'
import { closeInOrder } from './logger.js'

closeInOrder(createApp().listen(Number(process.env.PORT ?? 3000)))
