import { test } from 'node:test'
import { type OwnedApp, ownedApp } from './owned-app.ts'
import { noRegistry } from './registry.ts'

/** Compilers with node's types of their time, and each way of resolving modules that they know. */
const ERAS: Record<string, Record<string, string[]>> = {
  '@types/node@20.11.30': {
    typescript52: ['commonjs --moduleResolution node10', 'nodenext'],
    typescript54: ['commonjs --moduleResolution node10', 'nodenext'],
  },
  '@types/node@24': {
    typescript59: ['commonjs --moduleResolution node10', 'nodenext'],
    typescript6: ['commonjs --moduleResolution node10 --ignoreDeprecations 6.0', 'nodenext'],
    typescript7: ['commonjs --moduleResolution bundler', 'nodenext'],
  },
}

const skip = await noRegistry()

test('a consumer compiles with TypeScript 5.2 to 7, its libraries checked or not, with pino and express or without', {
  skip,
}, async (t) => {
  const shop = await ownedApp(t, { app: 'consumer' })
  await shop.adopt('npm install throughline-0.1.0.tgz')
  await compile(shop, 'bare.ts')
  await shop.run('npm install pino@9 express@5 @types/express@5')
  await compile(shop, 'beside.ts')
  await shop.run('npm install pino@8 express@4 @types/express@4')
  await compile(shop, 'beside.ts')
})

async function compile(shop: OwnedApp, file: string): Promise<void> {
  for (const [types, compilers] of Object.entries(ERAS)) {
    await shop.run(`npm install --save-dev ${types}`)
    for (const [compiler, modules] of Object.entries(compilers)) {
      for (const module of modules) {
        for (const skipLibCheck of [true, false]) {
          const how = `--noEmit --strict --target es2022 --types node --module ${module} --skipLibCheck ${skipLibCheck}`
          await shop.run(`node node_modules/${compiler}/bin/tsc ${how} ${file}`)
        }
      }
    }
  }
}
