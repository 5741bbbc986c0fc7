/** Past this depth a tree grows no further to the right. */
const DEEPEST = 24

/**
 * What to draw before each row of a tree, from the rows' depths in depth-first order.
 * @example treePrefixes([0, 1, 2, 1]) // ['', '├ ', '│ └ ', '└ ']
 */
export function treePrefixes(depths: readonly number[]): string[] {
  // By depth: whether a later row has the same parent. From the last row up this is known.
  const goesOn: boolean[] = []
  const upwards = depths.toReversed().map((depth) => {
    const shown = Math.min(depth, DEEPEST)
    const guides = Array.from({ length: shown }, (_, index) => {
      const open = goesOn[index + 1] === true
      if (index + 1 < depth) return open ? '│ ' : '  '
      return open ? '├ ' : '└ '
    })
    goesOn.length = depth
    goesOn[depth] = true
    return guides.join('')
  })
  return upwards.reverse()
}
