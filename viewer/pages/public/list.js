import { localRange, localTimes } from './times.js'

// Fetches the rows anew when traces arrive; while somebody reads, only counts what is new.
const rows = document.querySelector('#rows')
const button = document.querySelector('#new')
const state = document.querySelector('#live-state')
const search = document.querySelector('.find input')
let waiting
let later

const idsIn = (root) => [...root.querySelectorAll('.traces > li')].map((row) => row.id)

function isReading() {
  const typed = search.value !== ''
  const focused = document.activeElement !== document.body && document.activeElement !== button
  return scrollY > 40 || typed || focused || !getSelection().isCollapsed
}

function show(fresh) {
  const known = new Set(idsIn(rows))
  localTimes(fresh)
  rows.replaceChildren(...fresh.body.childNodes)
  if (known.size > 0)
    for (const row of rows.querySelectorAll('.traces > li'))
      row.classList.toggle('new', !known.has(row.id))
  waiting = undefined
  button.hidden = true
}

async function update() {
  const response = await fetch(`/search/rows${location.search}`)
  if (!response.ok) return
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html')
  // What stays without a root is named by its earliest span then.
  clearTimeout(later)
  if (fresh.querySelector('.pending')) later = setTimeout(changed, 3000)
  if (!isReading()) return show(fresh)
  const known = new Set(idsIn(rows))
  const count = idsIn(fresh).filter((id) => !known.has(id)).length
  waiting = fresh
  button.textContent = `${count} new`
  button.hidden = count === 0
}

button.addEventListener('click', () => {
  if (waiting) show(waiting)
  scrollTo({ top: 0 })
  button.blur()
})

// One update at a time, and one more if something came meanwhile.
let running = false
let again = false
async function changed() {
  again = true
  if (running) return
  running = true
  while (again) {
    again = false
    await update().catch(() => undefined) // the stream says when the viewer is gone
  }
  running = false
}

localTimes(document)
localRange(document.querySelector('.filters'))
const events = new EventSource('/live')
events.addEventListener('open', () => {
  state.textContent = 'Live, latest first'
  document.body.classList.add('connected')
  changed()
})
events.addEventListener('error', () => {
  state.textContent = 'The viewer does not answer; trying again'
  document.body.classList.remove('connected')
})
events.addEventListener('message', changed)

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const typing = event.target.matches('input, select, textarea')
  if (event.key === 'Escape') document.activeElement.blur()
  if (typing) return
  if (event.key === '/') {
    event.preventDefault()
    search.focus()
  }
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (!step) return
  event.preventDefault()
  const links = [...rows.querySelectorAll('.traces a')]
  const at = links.indexOf(document.activeElement)
  links[at < 0 ? 0 : Math.min(links.length - 1, Math.max(0, at + step))]?.focus()
})
