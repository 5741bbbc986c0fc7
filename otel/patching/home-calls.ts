import { ClientRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { type Span, type TextMapPropagator, trace } from '@opentelemetry/api'
import { keepFromCopies } from '../../src/throughline/outbound/own-headers.ts'
import {
  targetOfOptions,
  targetOfUndici,
  type UndiciCall,
} from '../../src/throughline/outbound/target.ts'
import type { Hosts } from '../../src/throughline/settings/hosts.ts'

// A propagator never learns where its carrier goes to. The instrumentations' hooks do, right before they inject: they
// mark the calls that the trace must not leave with, and the propagator leaves those alone. The spans are made anyway.

/** Stands in the headers of a node:http call, which are copied with it; nothing that is sent has a symbol for a name. */
const STAYS_HOME = Symbol('stays home')

/** The spans of undici's calls that are kept home: each call has got its own. */
const keptHome = new WeakSet<Span>()

/** What was injected into node:http calls, by their spans. */
const injected = new WeakMap<Span, Record<string, string>>()

/** Marks a call over node:http, before it is made; `options` are the instrumentation's own. */
export function markHttpCall(options: RequestOptions, hosts: Hosts): void {
  // Either way: an agent may call its proxy with the headers of the call that it is asked for, mark and all.
  const mark = { [STAYS_HOME]: !hosts(targetOfOptions(options)) }
  options.headers = Object.assign({}, options.headers, mark)
}

/** What was injected into a call over node:http, once that is made, is for its host alone. */
export function afterHttpCall(span: Span, request: ClientRequest | IncomingMessage): void {
  const headers = injected.get(span)
  if (headers !== undefined && request instanceof ClientRequest) keepFromCopies(request, headers)
}

/** Marks a call over undici to any host but `hosts`. */
export function markUndiciCall(span: Span, call: UndiciCall, hosts: Hosts): void {
  if (!hosts(targetOfUndici(call))) keptHome.add(span)
}

/** `propagator`, which injects nothing into a call that is marked to stay home. */
export function keepingHome(propagator: TextMapPropagator): TextMapPropagator {
  return {
    inject(context, carrier, setter) {
      const span = trace.getSpan(context)
      const staysHome = markOf(carrier)
      if (staysHome === true || (span !== undefined && keptHome.has(span))) return
      if (staysHome === undefined || span === undefined) {
        propagator.inject(context, carrier, setter)
        return
      }
      const headers: Record<string, string> = {}
      injected.set(span, headers)
      propagator.inject(context, carrier, {
        set(carrier, name, value) {
          headers[name.toLowerCase()] = value
          setter.set(carrier, name, value)
        },
      })
    },
    extract: (context, carrier, getter) => propagator.extract(context, carrier, getter),
    fields: () => propagator.fields(),
  }
}

/** Undefined for what is no node:http call. */
function markOf(carrier: unknown): unknown {
  return typeof carrier === 'object' && carrier !== null
    ? Reflect.get(carrier, STAYS_HOME)
    : undefined
}
