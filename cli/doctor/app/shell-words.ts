const BETWEEN = /^(&&|\|\||;|&|\|)$/

/** The words of the last of several commands: it is the one that stays. */
export function lastCommand(text: string): string[] {
  const words = wordsOf(text)
  return words.slice(words.findLastIndex((word) => BETWEEN.test(word)) + 1)
}

/** A command line, or NODE_OPTIONS, by its words, as a shell would split it; quotes are taken away. */
export function wordsOf(text: string): string[] {
  const words = text.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"'\\])+/g)
  return Array.from(words, ([word]) => unquoted(word))
}

function unquoted(word: string): string {
  return word.replace(
    /"((?:\\.|[^"\\])*)"|'([^']*)'|\\(.)/g,
    (_all, double?: string, single?: string, escaped?: string) =>
      double?.replace(/\\(.)/g, '$1') ?? single ?? escaped ?? '',
  )
}
