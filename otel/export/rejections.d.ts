/** The SDK's message about an answer that says more than that all was taken. */
export declare const PARTIAL_SUCCESS = 'Received Partial Success response:'
/**
 * Whether the SDK's message says that items were rejected, and their export has been told: the exporters themselves
 * report success (https://opentelemetry.io/docs/specs/otlp/#partial-success-1).
 */
export declare function tellRejection(message: string, details: readonly unknown[]): boolean
