/** Gives each caller a desk in turn: at once, or from the listener of whoever leaves one. */
class Desks {
  #free
  #waiting = []

  constructor(...desks) {
    this.#free = desks
  }

  acquire(callback) {
    const desk = this.#free.pop()
    if (desk === undefined) this.#waiting.push(callback)
    else callback(desk)
  }

  release(desk) {
    const next = this.#waiting.shift()
    if (next === undefined) this.#free.push(desk)
    else next(desk)
  }
}

module.exports = { Desks }
