import stringWidth from 'string-width'

const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }
const graphemes = new Intl.Segmenter()
/** What most rows are made of: to take each apart into graphemes would cost memory outside of the heap. */
const NARROW = /^[ -~│├└▸✗…]*$/

/** Text that a terminal only shows: control, format and bidirectional characters are spelled out, as `\u{1b}`. */
export function printable(text: string): string {
  return text.replace(
    UNPRINTABLE,
    (character) => NAMED[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`,
  )
}

/** JSON on one line that a terminal only shows and a parser reads unchanged. */
export function printableJson(value: unknown): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value).replace(UNPRINTABLE, (text) => text.split('').map(escaped).join(''))
}

/** How many columns of a terminal printable text takes. */
export function columns(text: string): number {
  return NARROW.test(text) ? text.length : stringWidth(text)
}

/** Printable text cut to at most `limit` columns of a terminal, with `…` where something is missing. */
export function clip(text: string, limit: number): string {
  if (columns(text) <= limit) return text
  let kept = ''
  for (const { segment } of graphemes.segment(text)) {
    if (columns(kept + segment) >= limit) break
    kept += segment
  }
  return limit > 0 ? `${kept}…` : ''
}
