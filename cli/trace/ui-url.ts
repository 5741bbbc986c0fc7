import { Misuse } from '../command/command-error.ts'

/** The URL of the trace UI, `option` before `variable`, without a trailing slash; throws Misuse where it is none. */
export function uiUrl(option: string | undefined, variable: string | undefined): string {
  const [source, value] =
    option === undefined
      ? ['TRACE_UI_URL', variable?.trim() || 'http://localhost:16686']
      : ['--ui', option.trim()]
  const url = URL.parse(value)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    throw new Misuse(`${source}=${value}: expected a URL such as http://localhost:16686`)
  }
  if (url.username !== '' || url.password !== '') {
    throw new Misuse(`${source}: expected a URL without user name and password`)
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
