import { REGISTER } from '../../src/throughline/settings/as-installed.ts'

/** How the API says that somebody wants a place of it that is taken: with the stack of whoever it was. */
const DUPLICATE = /Attempted duplicate registration of API: (\w+)/

/** A package in a stack; what it has called of OpenTelemetry's own is not who it is. */
const PACKAGE = /[/\\]node_modules[/\\]((?:@[^/\\]+[/\\])?[^/\\]+)/g

/** What is to be said of a second SDK. */
export interface SecondSdk {
  place: string
  /** The package that brings it; undefined where the app itself starts it. */
  by: string | undefined
  reason: string
}

/** The second SDK that one of the API's own messages is about; undefined where it is about none. */
export function secondSdkIn(message: string): SecondSdk | undefined {
  const place = DUPLICATE.exec(message)?.[1]
  if (place === undefined) return undefined
  const packages = [...message.matchAll(PACKAGE)].map(([, name = '']) => name.replace('\\', '/'))
  const by = packages.filter((name) => name !== '@opentelemetry/api').at(-1)
  const other = by ?? 'what the app starts by itself'
  const reason = `two OpenTelemetry SDKs are loaded, and both would make spans of each request: take out ${other}, or ${REGISTER} to keep that one and have its ids on the lines all the same`
  return { place, by, reason }
}
