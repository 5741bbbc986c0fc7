import { styleText } from 'node:util'
import { clip, columns, printable } from './printable.ts'

export type Style = Parameters<typeof styleText>[0]

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string

/** A piece of a line with a style of its own; its text may be anything. */
export interface Piece {
  text: string
  style?: Style
}

/** Colours for a terminal that did not ask for none (https://no-color.org), or wherever FORCE_COLOR asks for them. */
export function paintFor(output: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  if (!wantsColor(output, env)) return (_style, text) => text
  return (style, text) => styleText(style, text, { validateStream: false })
}

/** Pieces side by side in exactly `width` columns: made printable, cut, filled up with spaces. */
export function cell(pieces: readonly Piece[], width: number, paint: Paint): string {
  let left = width
  let line = ''
  for (const { text, style } of pieces) {
    const kept = clip(printable(text), left)
    left -= columns(kept)
    if (kept !== '') line += style === undefined ? kept : paint(style, kept)
  }
  return line + ' '.repeat(left)
}

/** Whether the output is to have colours. */
export function wantsColor(output: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  // Set but empty counts as yes, as it does for Node itself.
  if (env.FORCE_COLOR !== undefined) return !['0', 'false'].includes(env.FORCE_COLOR)
  if (env.NO_COLOR) return false
  return output.isTTY === true && env.TERM !== 'dumb'
}
