import { NestFactory } from '@nestjs/core'
import { AppModule } from './app.module'
import { closeInOrder, Failures, lines, requests } from './observed'

async function bootstrap() {
  const app = await NestFactory.create(AppModule, { logger: lines })
  app.use(requests)
  app.useGlobalFilters(new Failures(app.getHttpAdapter()))
  closeInOrder(app.getHttpServer(), { close: [{ name: 'nest', close: () => app.close() }] })
  await app.listen(process.env.PORT ?? 3000)
}
bootstrap()
