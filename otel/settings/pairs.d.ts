import { z } from 'zod'
/** Values by name, as `a=1,b=2` gives them. */
export type Pairs = Record<string, string>
/**
 * `key=value` pairs, percent-encoded, separated by commas: the first `=` ends the key, and an empty member is skipped
 * (https://opentelemetry.io/docs/specs/otel/resource/sdk/#specifying-resource-information-via-an-environment-variable).
 */
export declare function pairs(): z.ZodType<Pairs>
/**
 * Pairs that go out as headers
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables).
 */
export declare function headers(): z.ZodType<Pairs>
/** Whether gRPC takes it as metadata, which is ASCII, and whose names are fewer than HTTP's. */
export declare function isMetadata([name, value]: [string, string]): boolean
