/** The fields of a line that are written for what is current, and by nobody else. */
export declare const IDENTITIES: string[]
/** On the fields of a line that links to its trace at any level, as a request's last one does. */
export declare const LINKED: unique symbol
/** The identities as fields of a line at `level`; `fields` are those that it has besides. */
export type Identities = (fields?: object, level?: number | string) => Record<string, string>
/**
 * Both identities of what is current, as fields of a log line: `correlationId`, `trace_id`, `span_id`, `trace_flags`,
 * and for an error `trace_url`, where TRACE_UI_URL is set; a field that there is no value for is left out. It is a
 * pino mixin as it stands, and serves any other logger.
 *
 * @example
 * runWithContext({ correlationId: 'abc-123', startedAt: Date.now() }, () => identities()) // { correlationId: 'abc-123' }
 */
export declare function identities(fields?: object, level?: number | string): Record<string, string>
/** The same, with links to this trace UI; without any where there is none. */
export declare function identitiesLinkedTo(traceUiUrl: string | undefined): Identities
