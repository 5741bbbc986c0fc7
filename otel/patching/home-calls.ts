import type { RequestOptions } from 'node:http'
import { type Span, type TextMapPropagator, trace } from '@opentelemetry/api'
import {
  targetOfOptions,
  targetOfUndici,
  type UndiciCall,
} from '../../src/throughline/outbound/target.ts'
import type { Hosts } from '../../src/throughline/settings/host-patterns.ts'

// A propagator never learns where its carrier goes to. The instrumentations' hooks do, right before they inject: they
// mark the calls that the trace must not leave with, and the propagator leaves those alone. The spans are made anyway.

/** Stands in the headers of a node:http call, which are copied with it; nothing that is sent has a symbol for a name. */
const KEPT_HOME = Symbol('kept home')

/** The spans of undici's calls that are kept home: each call has got its own. */
const keptHome = new WeakSet<Span>()

/** Marks a call over node:http to any host but `hosts`; `options` are the instrumentation's own. */
export function markHttpCall(options: RequestOptions, hosts: Hosts): void {
  // Either way: an agent may call its proxy with the headers of the call that it is asked for, mark and all.
  const mark = { [KEPT_HOME]: !hosts(targetOfOptions(options)) }
  options.headers = Object.assign({}, options.headers, mark)
}

/** Marks a call over undici to any host but `hosts`. */
export function markUndiciCall(span: Span, call: UndiciCall, hosts: Hosts): void {
  if (!hosts(targetOfUndici(call))) keptHome.add(span)
}

/** `propagator`, which injects nothing into a call that is marked. */
export function keepingHome(propagator: TextMapPropagator): TextMapPropagator {
  return {
    inject(context, carrier, setter) {
      const span = trace.getSpan(context)
      if (isMarked(carrier) || (span !== undefined && keptHome.has(span))) return
      propagator.inject(context, carrier, setter)
    },
    extract: (context, carrier, getter) => propagator.extract(context, carrier, getter),
    fields: () => propagator.fields(),
  }
}

function isMarked(carrier: unknown): boolean {
  return typeof carrier === 'object' && carrier !== null && Reflect.get(carrier, KEPT_HOME) === true
}
