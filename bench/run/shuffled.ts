/** The same items in another order, any as likely as the others. */
export function shuffled<T>(items: readonly T[], random: () => number = Math.random): T[] {
  const order = items.map((item) => ({ item, at: random() }))
  return order.sort((a, b) => a.at - b.at).map(({ item }) => item)
}
