/** Lets the form find a text in a trace: all rows that have it are marked, and one goes from each to the next. */
export function findInTrace(form, rows, url) {
  const [input, count] = [form.querySelector('input'), form.querySelector('output')]
  let found = []
  let at = 0
  let asked = ''
  let later

  const go = (step) => {
    if (found.length === 0) return
    at = (at + step + found.length) % found.length
    count.value = `${at + 1} of ${found.length}`
    rows.goTo(found[at])
  }

  const look = async () => {
    const text = input.value.trim()
    if (text === asked) return
    asked = text
    const response = await fetch(`${url}?text=${encodeURIComponent(text)}`)
    if (!response.ok || asked !== text) return
    found = rows.mark(new Set(await response.json()))
    at = 0
    count.value = text === '' ? '' : 'none'
    go(0)
  }

  input.addEventListener('input', () => {
    clearTimeout(later)
    later = setTimeout(look, 200)
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (input.value.trim() !== asked) look()
    else go(1)
  })
  form.querySelector('.before').addEventListener('click', () => go(-1))
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || !event.shiftKey) return
    event.preventDefault()
    go(-1)
  })
  form.hidden = false
}
