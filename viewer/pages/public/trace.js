// Shows a span's facts without leaving the page; every link works without this too.
const waterfall = document.querySelector('#waterfall')
const facts = document.querySelector('#facts')
const page = document.querySelector('.trace-page')
const level = document.querySelector('#level')
const tracePath = location.pathname

const linksShown = () =>
  [...waterfall.querySelectorAll('li > a')].filter((link) => link.offsetParent)
const rowOf = (spanId) => document.getElementById(`s-${spanId}`)
let wanted

async function select(spanId, { push = true } = {}) {
  wanted = spanId
  const response = await fetch(`${tracePath}/span/${spanId}`)
  const text = await response.text()
  if (!response.ok || wanted !== spanId) return
  facts.replaceChildren(...new DOMParser().parseFromString(text, 'text/html').body.childNodes)
  facts.hidden = false
  page.classList.add('with-facts')
  mark(spanId)
  if (push) history.pushState({ spanId }, '', `${tracePath}?uiFind=${spanId}`)
}

function mark(spanId) {
  for (const row of waterfall.querySelectorAll('.selected')) {
    row.classList.remove('selected')
    row.querySelector('a').removeAttribute('aria-current')
  }
  for (const row of waterfall.querySelectorAll('.near')) row.classList.remove('near')
  if (!spanId) return
  reveal(rowOf(spanId))
  rowOf(spanId)?.classList.add('selected')
  rowOf(spanId)?.querySelector('a').setAttribute('aria-current', 'true')
  for (const row of waterfall.querySelectorAll(`.log[data-span="${CSS.escape(spanId)}"]`))
    row.classList.add('near')
  rowOf(spanId)?.scrollIntoView({ block: 'nearest' })
}

function close({ push = true } = {}) {
  wanted = undefined
  facts.hidden = true
  page.classList.remove('with-facts')
  mark(undefined)
  if (push) history.pushState({}, '', tracePath)
}

/** Folds what hangs below a row, or unfolds it; inner folds are forgotten. */
function fold(row, folded) {
  row.classList.toggle('folded', folded)
  let below = Number(row.dataset.below)
  for (
    let next = row.nextElementSibling;
    next && below > 0;
    next = next.nextElementSibling, below--
  ) {
    next.classList.toggle('hidden', folded)
    next.classList.remove('folded')
  }
}

function reveal(row) {
  if (!row?.classList.contains('hidden')) return
  for (const folded of waterfall.querySelectorAll('.folded')) fold(folded, false)
}

document.addEventListener('click', (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return
  const link = event.target.closest('a')
  if (!link) return
  const row = link.closest('.waterfall li')
  if (event.target.closest('i') && Number(row?.dataset.below) > 0) {
    event.preventDefault()
    fold(row, !row.classList.contains('folded'))
    return
  }
  const spanId = row?.dataset.span ?? row?.id.slice(2) ?? link.dataset.select
  if (link.matches('.close')) {
    event.preventDefault()
    close()
  } else if (link.dataset.lines) {
    event.preventDefault()
    const line = waterfall.querySelector(`.log[data-span="${CSS.escape(link.dataset.lines)}"]`)
    reveal(line)
    line?.scrollIntoView({ block: 'center' })
    line?.querySelector('a').focus()
  } else if (spanId && rowOf(spanId)) {
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
  waterfall.dataset.level = level.value
})

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const typing = event.target.matches('input, select, textarea')
  if (event.key === 'Escape') {
    if (typing) event.target.blur()
    else if (!facts.hidden) close()
  }
  if (typing) return
  const focused = document.activeElement.closest('.waterfall li')
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key]
  if (event.key === '/') document.querySelector('.find input').focus()
  else if (step) {
    const links = linksShown()
    const from = focused ?? waterfall.querySelector('.selected')
    const at = links.findIndex((link) => link.parentElement === from)
    links[Math.min(links.length - 1, Math.max(0, at + step))]?.focus()
  } else if (event.key === 'ArrowLeft' && Number(focused?.dataset.below) > 0) fold(focused, true)
  else if (event.key === 'ArrowRight' && Number(focused?.dataset.below) > 0) fold(focused, false)
  else return
  event.preventDefault()
})

mark(waterfall.querySelector('.selected')?.id.slice(2))

// A long story scrolls; the current trace is to be seen in it.
const inStory = document.querySelector('.story [aria-current]')?.parentElement
if (inStory) {
  const list = inStory.parentElement
  list.scrollTop =
    inStory.offsetTop - list.offsetTop - (list.clientHeight - inStory.offsetHeight) / 2
}
