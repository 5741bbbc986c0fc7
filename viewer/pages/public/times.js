const two = (number) => String(number).padStart(2, '0')
const dateOf = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
const timeOf = (at) =>
  `${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}.${String(at.getMilliseconds()).padStart(3, '0')}`

/** Puts the times in an element into the reader's zone, with their date where that is not today's. */
export function localTimes(root) {
  const today = dateOf(new Date())
  for (const element of root.querySelectorAll('time')) {
    const at = new Date(element.dateTime)
    if (Number.isNaN(at.getTime())) continue
    const date = dateOf(at)
    if (element.matches('.clock'))
      element.textContent = date === today ? timeOf(at) : `${date} ${timeOf(at)}`
    else element.title = `${date} ${timeOf(at)}`
  }
  for (const zone of root.querySelectorAll('.zone'))
    zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone
}
