import type { AttributeValue } from '@opentelemetry/api'
import { type SpanLimits, TracerProvider } from '@opentelemetry/sdk-trace'

/**
 * Lets every span take texts, numbers and booleans without what the SDK does for the sake of objects: for each value
 * it makes a WeakSet, to notice circles. Undone by calling what it returns.
 */
export function takeScalarsAtOnce(): () => void {
  const span: object = new TracerProvider().getTracer('').startSpan('')
  // Where this SDK keeps it otherwise, spans go on as they are.
  if (!isKnown(span)) return () => {}
  const prototype: KnownSpan = Object.getPrototypeOf(span)
  const { setAttribute } = prototype
  prototype.setAttribute = function (this: KnownSpan, key, value) {
    const { attributes } = this
    const isNew = !Object.hasOwn(attributes, key)
    if (this._ended || typeof key !== 'string' || key === '' || !isTaken(value, isNew, this)) {
      return Reflect.apply(setAttribute, this, [key, value])
    }
    if (isNew) this._attributesCount += 1
    attributes[key] = value
    return this
  }
  return () => {
    prototype.setAttribute = setAttribute
  }
}

/** A span of the SDK, with what it keeps to itself. */
interface KnownSpan {
  readonly attributes: Record<string, unknown>
  readonly _ended: boolean
  readonly _spanLimits: Required<SpanLimits>
  _attributesCount: number
  setAttribute(key: string, value: AttributeValue): this
}

function isKnown(span: object): span is KnownSpan {
  return (
    'setAttribute' in span &&
    '_ended' in span &&
    '_spanLimits' in span &&
    '_attributesCount' in span
  )
}

/** Whether a value is a scalar, and within the span's limits. */
function isTaken(
  value: unknown,
  isNew: boolean,
  { _spanLimits, _attributesCount }: KnownSpan,
): boolean {
  if (isNew && _attributesCount >= _spanLimits.attributeCountLimit) return false
  if (typeof value === 'string') return value.length <= _spanLimits.attributeValueLengthLimit
  return typeof value === 'number' || typeof value === 'boolean'
}
