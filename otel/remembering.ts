/** What `make` makes of a text, made once for each of the first thousand: those of an app are few, and come again. */
export function remembering<Made>(make: (text: string) => Made): (text: string) => Made {
  const made = new Map<string, Made>()
  return (text) => {
    const known = made.get(text)
    if (known !== undefined) return known
    const fresh = make(text)
    // A client may send what it likes: what comes after them is not kept.
    if (made.size < 1000) made.set(text, fresh)
    return fresh
  }
}
