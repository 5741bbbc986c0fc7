// A file that is dropped on a page, or chosen on the list, is opened: its trace, or the list with those that it has.
async function open(file) {
  const response = await fetch('/open', { method: 'POST', body: file })
  if (!response.ok) return say(`${file.name} cannot be opened: ${await response.text()}`)
  const { traceIds, rejected, reason } = await response.json()
  const target = traceIds.length === 1 ? `/trace/${traceIds[0]}` : '/'
  if (rejected === 0) return location.assign(target)
  const link = Object.assign(document.createElement('a'), { href: target, textContent: 'Show it' })
  say(`${file.name} has ${rejected} that cannot be read: ${reason}. `, link)
}

function say(...content) {
  const notice = Object.assign(document.createElement('p'), { className: 'notice' })
  notice.role = 'alert'
  notice.append(...content)
  document.querySelector('main').prepend(notice)
}

addEventListener('dragover', (event) => {
  if (!event.dataTransfer.types.includes('Files')) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
})
addEventListener('drop', (event) => {
  const [file] = event.dataTransfer.files
  if (!file) return
  event.preventDefault()
  open(file)
})

const input = document.querySelector('#file')
if (input) {
  input.hidden = false
  input.addEventListener('change', () => open(input.files[0]))
}
