import { formatDuration } from '../../query/duration.ts'
import type { Store } from '../../store/store.ts'
import { clock } from '../clock.ts'
import { traceName } from '../list/trace-name.ts'
import { type StoryPart, storyOf } from './story.ts'

const LINKS = {
  to: 'this one links to it',
  from: 'links to this one',
  indirect: 'linked through others',
}

/** What the head of a trace's page shows of its story; undefined where the trace is all of it. */
export function storyPage(store: Store, traceId: string) {
  const { parts, sameLeftOut, linkedLeftOut } = storyOf(store, traceId)
  const [first] = parts
  if (first === undefined || parts.length === 1) return undefined
  const leftOut = [
    ...(sameLeftOut > 0 ? [`${sameLeftOut} more with this correlation id`] : []),
    ...(linkedLeftOut ? ['more that are linked'] : []),
  ]
  return {
    parts: parts.map((part) => ({
      ...row(part, first.start),
      current: part.traceId === traceId,
    })),
    leftOut: leftOut.length > 0 ? `Left out: ${leftOut.join(', and ')}.` : '',
  }
}

function row(part: StoryPart, first: bigint) {
  const { traceId, start, end, errors, link } = part
  const { iso, time } = clock(start)
  return {
    iso,
    time,
    first: start === first,
    at: start === first ? time : `+${formatDuration(Number(start - first))}`,
    traceId,
    ...traceName(part, Date.now()),
    duration: formatDuration(Number(end - start)),
    errors,
    link: link === undefined ? '' : LINKS[link],
  }
}
