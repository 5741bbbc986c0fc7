/** A moment in the reader's zone, as `2026-06-01T12:00:00.000`. */
const local = (at) => new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, -1)

/** Puts the times in an element into the reader's zone, with their date where that is not today's. */
export function localTimes(root) {
  const [today] = local(new Date()).split('T')
  for (const element of root.querySelectorAll('time')) {
    const at = new Date(element.dateTime)
    if (Number.isNaN(at.getTime())) continue
    const [date, time] = local(at).split('T')
    if (element.matches('.clock')) element.textContent = date === today ? time : `${date} ${time}`
    else element.title = `${date} ${time}`
  }
  for (const zone of root.querySelectorAll('.zone'))
    zone.textContent = Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Shows the times of a form in the reader's zone, and sends them in microseconds since 1970. */
export function localRange(form) {
  const names = { from: 'start', to: 'end' }
  for (const name of Object.keys(names)) {
    const input = form.elements[name]
    const at = new Date(input.dataset.at)
    if (!Number.isNaN(at.getTime())) input.value = local(at).slice(0, 19)
  }
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, sent] of Object.entries(names)) {
      const at = Date.parse(formData.get(name))
      formData.delete(name)
      if (!Number.isNaN(at)) formData.set(sent, String(at * 1000))
    }
  })
}
