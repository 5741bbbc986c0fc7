/** Lets each button `.copy` copy what its `data-copy` has; where that is not allowed, the text before it is selected. */
export function copyButtons() {
  document.body.classList.add('copies')
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('.copy')
    if (!button) return
    try {
      await navigator.clipboard.writeText(button.dataset.copy)
    } catch {
      getSelection().selectAllChildren(button.previousElementSibling)
      return
    }
    button.textContent = 'copied'
    setTimeout(() => {
      button.textContent = 'copy'
    }, 1500)
  })
}
