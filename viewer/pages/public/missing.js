// Turns the page about a trace that is not here into the trace, when that arrives.
const trace = document.querySelector('[data-trace]').dataset.trace
const events = new EventSource(`/live?trace=${encodeURIComponent(trace)}`)
events.addEventListener('open', () => {
  document.querySelector('[role=status]').textContent =
    'This page turns into the trace when it arrives.'
})
events.addEventListener('message', () => location.reload())
