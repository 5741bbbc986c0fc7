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

/** Shows the times of a form in the reader's zone, and sends them in microseconds since 1970. */
export function localRange(form) {
  const names = { from: 'start', to: 'end' }
  for (const name of Object.keys(names)) {
    const input = form.elements[name]
    const at = new Date(input.dataset.at)
    if (!Number.isNaN(at.getTime())) input.value = `${dateOf(at)}T${timeOf(at).slice(0, 8)}`
  }
  form.addEventListener('formdata', ({ formData }) => {
    for (const [name, sent] of Object.entries(names)) {
      const at = Date.parse(formData.get(name))
      formData.delete(name)
      if (!Number.isNaN(at)) formData.set(sent, String(at * 1000))
    }
  })
}
