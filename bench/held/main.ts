// `node bench/held/main.ts`: what a line costs that is held until its request ends, against one that is written.
import { grid } from '../report/grid.ts'
import { costs } from './costs.ts'

const rows = costs().map(({ line, nanoseconds, heldToWritten: { median, low, high } }) => [
  line,
  nanoseconds['left out'].toFixed(0),
  nanoseconds.held.toFixed(0),
  nanoseconds.written.toFixed(0),
  `${median.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`,
])
console.log(grid([['ns a line', 'left out', 'held', 'written', 'held to written'], ...rows]))
