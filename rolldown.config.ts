// Builds the package `throughline` out of the sources: `npm pack` calls it.
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { defineConfig, type Plugin } from 'rolldown'
import { minify } from 'rolldown/utils'
import type { Dependency, Options } from 'rollup-plugin-license'

// Its types say `export default`, which it is not.
const license: (options: Options) => Plugin = createRequire(import.meta.url)(
  'rollup-plugin-license',
)

/** What stays a dependency of the package: what others share with us, and what patches modules as they load. */
const SHARED = [
  /^@opentelemetry\/api$/,
  /^import-in-the-middle/,
  /^require-in-the-middle$/,
  /^express$/,
  // Of the example app, which the demo starts without a Redis.
  /^(bullmq|ioredis)$/,
]

/**
 * One CommonJS build, for import and require alike: two would be two stores, two SDKs and two patches, and jest reads
 * no other.
 */
export default defineConfig({
  input: {
    index: 'src/index.ts',
    otel: 'otel/index.ts',
    register: 'otel/register.ts',
    main: 'cli/main.ts',
    app: 'src/server.ts',
    probe: 'cli/doctor/probe/probe.ts',
  },
  platform: 'node',
  external: SHARED,
  plugins: [
    appsPino(),
    grpcInside(),
    noProtoLoader(),
    smallVendors(),
    viewerFiles(),
    publicTypes(),
    license({
      thirdParty: { output: { file: 'dist/THIRD_PARTY_LICENSES.txt', template: eachTextOnce } },
    }),
  ],
  output: {
    dir: 'dist',
    cleanDir: true,
    format: 'cjs',
    entryFileNames: '[name].cjs',
    chunkFileNames: 'chunks/[name].cjs',
    comments: false,
    codeSplitting: {
      groups: [
        { name: 'zod', test: /node_modules[\\/]zod[\\/]/ },
        { name: 'protobuf', test: /node_modules[\\/]@bufbuild[\\/]/ },
        { name: 'pino', test: /node_modules[\\/](pino|sonic-boom|thread-stream)[\\/]/ },
        { name: 'opentelemetry', test: /node_modules[\\/]@opentelemetry[\\/]/ },
        { name: 'grpc', test: /node_modules[\\/](@grpc|protobufjs|@protobufjs|long)[\\/]/ },
        {
          name: 'router',
          test: /node_modules[\\/](router|path-to-regexp|debug|ms|supports-color)[\\/]/,
        },
        { name: 'eta', test: /node_modules[\\/]eta[\\/]/ },
      ],
    },
  },
})

/** Puts what src/throughline/log/built-in-pino.ts makes of pino in its place, for pino-http as well. */
function appsPino(): Plugin {
  const builtIn = resolve('src/throughline/log/built-in-pino.ts')
  return {
    name: 'apps-pino',
    resolveId: (id, importer) => (id === 'pino' && importer !== builtIn ? builtIn : null),
  }
}

/** The gRPC exporters ask for @grpc/grpc-js as they run, in a way that no bundler sees. */
function grpcInside(): Plugin {
  return {
    name: 'grpc-inside',
    transform(code, id) {
      if (!id.includes('otlp-grpc-exporter-base')) return null
      const asked = code.replaceAll('__require("@grpc/grpc-js")', 'grpcInside')
      return asked === code ? null : `import * as grpcInside from '@grpc/grpc-js'\n${asked}`
    },
  }
}

/** @grpc/grpc-js loads it for channelz and ORCA, two services of a gRPC server: an exporter has neither. */
function noProtoLoader(): Plugin {
  const empty = '\0no-proto-loader'
  return {
    name: 'no-proto-loader',
    resolveId: (id) => (id === '@grpc/proto-loader' ? empty : null),
    load: (id) => (id === empty ? 'export {}' : null),
  }
}

/** What is not ours nobody reads here; its names stay, for stacks. */
function smallVendors(): Plugin {
  return {
    name: 'small-vendors',
    async renderChunk(code, chunk) {
      if (!chunk.moduleIds.every((id) => id.includes('node_modules') || id.startsWith('\0')))
        return null
      const small = await minify(chunk.fileName, code, {
        compress: { target: 'es2023', keepNames: { function: true, class: true } },
        mangle: { keepNames: true },
        codegen: { removeWhitespace: true },
      })
      return small.code
    },
  }
}

/** The viewer's templates, scripts and styles, beside the code that reads them, the latter made small. */
function viewerFiles(): Plugin {
  return {
    name: 'viewer-files',
    async writeBundle() {
      for (const folder of ['views', 'public']) {
        cpSync(`viewer/pages/${folder}`, `dist/chunks/${folder}`, { recursive: true })
      }
      const styles = 'dist/chunks/public/viewer.css'
      writeFileSync(styles, readFileSync(styles, 'utf8').replaceAll(/\n\s*/g, ''))
      for (const file of globSync('dist/chunks/public/*.js'))
        writeFileSync(file, (await minify(file, readFileSync(file, 'utf8'), { module: true })).code)
    },
  }
}

/** The types of what is public and of what that names, a tenth of them all: none of zod's or pino's is among them. */
function publicTypes(): Plugin {
  return {
    name: 'public-types',
    writeBundle() {
      execFileSync('tsc', ['-p', 'tsconfig.package.json', '--outDir', 'dist/all-types'])
      const reached = new Set(['src/index', 'otel/index', 'otel/register'])
      for (const name of reached) {
        const types = readFileSync(`dist/all-types/${name}.d.ts`, 'utf8')
        const path = `dist/types/${name}.d.ts`
        mkdirSync(dirname(path), { recursive: true })
        // As the oldest compilers and tools look for a file.
        const asJs = types.replaceAll(/(['"])(\.\.?\/.*?)\.ts\1/g, (_, quote, to: string) => {
          reached.add(join(dirname(name), to))
          return `${quote}${to}.js${quote}`
        })
        writeFileSync(path, asJs)
      }
      rmSync('dist/all-types', { recursive: true })
    },
  }
}

/** The licenses of what is built in; most of its packages have the same few. */
function eachTextOnce(dependencies: Dependency[]): string {
  const texts = Map.groupBy(
    dependencies,
    ({ licenseText, license }) => licenseText ?? license ?? '',
  )
  return [...texts]
    .map(([text, those]) => {
      const names = those.map(({ name, version }) => `${name} ${version}`)
      return `${names.join(', ')}\n\n${text}`
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`)
}
