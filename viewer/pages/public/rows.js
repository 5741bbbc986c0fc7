import { RowTree } from './row-tree.js'

// Only the rows near the window are in the document: a trace may have thousands.
const height = 26
/** Rows beyond those in sight, on either side, that are there too. */
const spare = 40
/** So few of them left, more are put in. */
const few = 10

/** The rows of a waterfall as the document has them. */
export class Rows {
  tree
  #list
  #shown = []
  #from = 0
  #to = 0
  #selected
  #last
  #found = new Set()
  #current

  constructor(list, level) {
    this.#list = list
    this.#selected = list.querySelector('.selected')?.id.slice(2)
    const all = document.querySelector('#all-rows')
    const html =
      all?.textContent.trimEnd().split('\n') ?? [...list.children].map((row) => row.outerHTML)
    this.tree = new RowTree(html, level)
    for (const more of document.querySelectorAll('.more')) more.remove()
    this.#keepWhatIsThere()
    addEventListener('scroll', () => this.#paint(), { passive: true })
    addEventListener('resize', () => this.#paint())
    list.addEventListener('focusin', ({ target }) => {
      this.#last = this.rowAt(target)
    })
  }

  set level(level) {
    this.tree.level = level
    this.#arrange()
  }

  /** The span whose row and lines are marked; undefined for none. */
  set selected(spanId) {
    this.#selected = spanId
    this.#last = this.tree.ofSpan(spanId) ?? this.#last
    this.#markAll()
  }

  /** The row that an element is in. */
  rowAt(element) {
    const index = [...this.#list.children].indexOf(element?.closest('.spans > li'))
    return index < 0 ? undefined : this.#shown[this.#from + index]
  }

  /** Hides what hangs below a row, or shows it again. */
  fold(row, folded) {
    if (row.below === 0) return
    row.folded = folded
    this.#arrange()
  }

  /** Unfolds what hides a row, and scrolls where it is not in sight: until it is centred, or no further than it takes. */
  reveal(row, centred = false) {
    if (this.tree.unfold(row)) this.#arrange()
    const shownAt = this.#shown.indexOf(row)
    if (shownAt < 0) return
    const top = this.#list.getBoundingClientRect().top + shownAt * height
    const below = top + 2 * height - innerHeight
    if (top < 0 || below > height)
      scrollBy(0, centred ? top - (innerHeight - height) / 2 : top < 0 ? top - height : below)
    this.#paint()
  }

  /** Marks the rows with these ids, and says which of them are not hidden by the level. */
  mark(ids) {
    this.#found = ids
    this.#current = undefined
    this.#markAll()
    return this.tree.withIds(ids)
  }

  /** Brings a row that was found into sight. */
  goTo(row) {
    this.#current = row
    this.#last = row
    this.reveal(row, true)
    this.#markAll()
  }

  /** Focuses the row so many steps from the one that has, or last had, the focus. */
  move(step) {
    const at = this.#shown.indexOf(this.rowAt(document.activeElement) ?? this.#last)
    const to = Math.min(this.#shown.length - 1, Math.max(0, at + step))
    if (this.#shown[to]) this.focus(this.#shown[to])
  }

  focus(row, centred = false) {
    this.reveal(row, centred)
    this.#elementOf(row)?.firstElementChild.focus({ preventScroll: true })
  }

  #elementOf(row) {
    return this.#list.children[this.#shown.indexOf(row) - this.#from]
  }

  /** The page came with some of the rows: they stay, where the others are to be put around them. */
  #keepWhatIsThere() {
    const { firstElementChild: first, lastElementChild: last, children } = this.#list
    this.#shown = this.tree.shown()
    const at = this.#shown.findIndex(({ id }) => id === first?.id)
    this.#from = Math.max(0, at)
    this.#to = this.#from + children.length
    // A browser may have kept another level than the page was made for.
    if (this.#shown[this.#to - 1]?.id !== last?.id) return this.#paint(true)
    this.#setHeight()
    this.#markAll()
    const selected = this.tree.ofSpan(this.#selected)
    if (selected) this.reveal(selected, true)
    else this.#paint()
  }

  #arrange() {
    this.#shown = this.tree.shown()
    this.#paint(true)
  }

  /** Puts the rows near the window into the document, where they are not there or have changed. */
  #paint(changed = false) {
    const count = this.#shown.length
    const first = Math.floor(-this.#list.getBoundingClientRect().top / height)
    const last = first + Math.ceil(innerHeight / height)
    const enough =
      (this.#from === 0 || this.#from + few <= first) &&
      (this.#to === count || last + few <= this.#to)
    if (enough && !changed) return
    const focused = this.rowAt(document.activeElement)
    this.#from = Math.max(0, Math.min(first, count) - spare)
    this.#to = Math.min(count, Math.max(0, last) + spare)
    const rows = this.#shown.slice(this.#from, this.#to)
    this.#list.innerHTML = rows.map(({ html }) => html).join('')
    this.#setHeight()
    this.#markAll()
    if (focused) this.#elementOf(focused)?.firstElementChild.focus({ preventScroll: true })
  }

  #setHeight() {
    this.#list.style.paddingTop = `${this.#from * height}px`
    this.#list.style.paddingBottom = `${(this.#shown.length - this.#to) * height}px`
  }

  #markAll() {
    for (const [index, item] of [...this.#list.children].entries()) {
      const at = this.#from + index
      const row = this.#shown[at]
      const { id, spanId, level, below, folded = false } = row
      const isOwn = this.#selected !== undefined && spanId === this.#selected
      const isSelected = isOwn && level === undefined
      item.classList.toggle('folded', folded)
      item.classList.toggle('selected', isSelected)
      item.classList.toggle('near', isOwn && !isSelected)
      item.classList.toggle('found', this.#found.has(id))
      item.classList.toggle('current', row === this.#current)
      item.firstElementChild.ariaCurrent = isSelected ? 'true' : null
      item.firstElementChild.ariaExpanded = below > 0 ? String(!folded) : null
      item.ariaSetSize = this.#shown.length
      item.ariaPosInSet = at + 1
    }
  }
}
