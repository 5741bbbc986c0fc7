import { prettyFactory } from 'pino-pretty'
import { parseAppLine } from '../run/app-line.ts'

interface PrettyOptions {
  colors: boolean
  /** Whether the terminal makes a link of any text (OSC 8); otherwise it is given the URL itself. */
  hyperlinks: boolean
}

/** A formatter of the app's output: log lines as pino-pretty writes them, with a link to their trace where they have one. */
export function prettyLines({ colors, hyperlinks }: PrettyOptions): (text: string) => string {
  const pretty = prettyFactory({
    colorize: colors,
    singleLine: true,
    translateTime: 'SYS:HH:MM:ss.l',
    // What the link says already, or the terminal's title.
    ignore: 'pid,hostname,trace_flags,trace_url',
  })
  return (text) => {
    const line = parseAppLine(text)
    if (line === undefined) return `${text}\n`
    const shown = pretty(text)
    if (line.trace_url === undefined) return shown
    const link = hyperlinks ? hyperlink(line.trace_url, 'trace ↗') : line.trace_url
    // Next to the message: below it may stand a stack.
    return shown.replace('\n', () => `  ${link}\n`)
  }
}

/** Text that a terminal links to `url` (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda). */
function hyperlink(url: string, text: string): string {
  return `\u001b]8;;${new URL(url).href}\u001b\\${text}\u001b]8;;\u001b\\`
}
