import type { Identity } from '../../viewer/pages/find/identify.ts'
import type { Backend } from '../trace/backend.ts'
import { type Trace, tracePageUrl } from '../trace/trace.ts'
import type { Gathered } from './gathering.ts'

/** The traces that were found, with what they are linked with, and where they came from. */
export interface Found {
  gathered: Gathered
  identity: Identity
  /** Whether the identity names a trace that is there, and not all that have a correlation id. */
  byTrace: boolean
  backend: Backend
  /** Base URL of the backend's UI; of a file its own. */
  ui: string
}

/** The page of a trace with the line's own span selected, where that is in it; of a trace in a file the file. */
export function urlOf(trace: Trace, { ui, identity }: Found): string {
  if (ui.startsWith('file:')) return ui
  const own = trace.spans.find((span) => span.spanId === identity.spanId)
  return tracePageUrl(ui, trace, own?.spanId)
}
