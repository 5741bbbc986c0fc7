import { type SecondSdk } from './patching/second-sdk.ts'
import type { OtelVariables } from './settings/variables.ts'

type Level = 'debug' | 'info' | 'warn' | 'error'
/** Writes one of the SDK's own messages. */
export type SdkReport = (level: Level, fields: object, message: string) => void
/** How a line begins that passes on one of the SDK's own messages. */
export declare const SDK_MESSAGE_PREFIX = 'opentelemetry: '
/**
 * Sends the SDK's own messages, from OTEL_LOG_LEVEL on, to `report`: left alone it writes them to stdout, among the
 * log lines. A second SDK, of which they tell by a bare stack, is for `onSecondSdk`.
 */
export declare function reportDiagnostics(
  level: OtelVariables['OTEL_LOG_LEVEL'],
  report: SdkReport,
  onSecondSdk?: (second: SecondSdk) => void,
): void
