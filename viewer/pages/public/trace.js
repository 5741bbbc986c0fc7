import { copyButtons } from './copy.js'
import { findInTrace } from './find-in-trace.js'
import { Rows } from './rows.js'
import { localTimes } from './times.js'

// Shows a span's facts without leaving the page; every link works without this too.
const waterfall = document.querySelector('#waterfall')
const facts = document.querySelector('#facts')
const page = document.querySelector('.trace-page')
const level = document.querySelector('#level')
const tracePath = location.pathname
const rows = new Rows(waterfall.querySelector('.spans'), level.value)
const find = document.querySelector('#find-in-trace')
findInTrace(find, rows, `${tracePath}/find`)
let wanted

async function select(spanId, { push = true } = {}) {
  wanted = spanId
  const response = await fetch(`${tracePath}/span/${spanId}`)
  const text = await response.text()
  if (!response.ok || wanted !== spanId) return
  const fresh = new DOMParser().parseFromString(text, 'text/html')
  localTimes(fresh)
  facts.replaceChildren(...fresh.body.childNodes)
  facts.hidden = false
  page.classList.add('with-facts')
  mark(spanId)
  if (push) history.pushState({ spanId }, '', `${tracePath}?uiFind=${spanId}`)
}

function mark(spanId) {
  rows.selected = spanId
  const row = rows.tree.ofSpan(spanId)
  if (row) rows.reveal(row)
}

function close({ push = true } = {}) {
  wanted = undefined
  facts.hidden = true
  page.classList.remove('with-facts')
  mark(undefined)
  if (push) history.pushState({}, '', tracePath)
}

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  const link = event.target.closest('a')
  if (!link) return
  const row = rows.rowAt(link)
  if (event.target.closest('i') && row?.below > 0) {
    event.preventDefault()
    rows.fold(row, !row.folded)
    return
  }
  const spanId = row?.spanId ?? link.dataset.select
  const line = link.dataset.lines && rows.tree.lineOf(link.dataset.lines)
  if (link.matches('.close')) {
    event.preventDefault()
    close()
  } else if (line) {
    event.preventDefault()
    rows.focus(line, true)
  } else if (spanId && rows.tree.ofSpan(spanId)) {
    event.preventDefault()
    select(spanId)
  }
})

addEventListener('popstate', () => {
  const spanId = new URLSearchParams(location.search).get('uiFind')
  if (spanId) select(spanId, { push: false })
  else close({ push: false })
})

level.addEventListener('change', () => {
  rows.level = level.value
})

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const typing = event.target.matches('input, select, textarea')
  if (event.key === 'Escape') {
    if (typing) event.target.blur()
    else if (!facts.hidden) close()
  }
  if (typing) return
  const focused = rows.rowAt(document.activeElement)
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (event.key === '/') document.querySelector('.find input').focus()
  else if (event.key === 'f') find.querySelector('input').focus()
  else if (step) rows.move(step)
  else if (event.key === 'ArrowLeft' && focused?.below > 0) rows.fold(focused, true)
  else if (event.key === 'ArrowRight' && focused?.below > 0) rows.fold(focused, false)
  else return
  event.preventDefault()
})

localTimes(document)
copyButtons()

// A long story scrolls; the current trace is to be seen in it.
const inStory = document.querySelector('.story [aria-current]')?.parentElement
if (inStory) {
  const list = inStory.parentElement
  list.scrollTop =
    inStory.offsetTop - list.offsetTop - (list.clientHeight - inStory.offsetHeight) / 2
}
