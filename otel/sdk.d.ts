import { ExportHealth, type Report } from './export/export-health.ts'
import { type Rival } from './patching/places.ts'
import { type Destination } from './settings/destination.ts'
import type { TelemetryVariables } from './settings/variables.ts'

/** What sends one signal, as the SDK's processors and readers do. */
interface Sender {
  forceFlush(): Promise<void>
  shutdown(): Promise<void>
}
/** One exported signal: where it goes, how that fares, and how to send what is left, for now or for good. */
export interface Export extends Sender {
  destination: Destination
  health: ExportHealth
}
/** What has been started: the exports, and who has the place of any part of it. */
export interface StartedSdk {
  exports: Export[]
  rival(): Rival | undefined
}
/**
 * Starts OpenTelemetry's NodeSDK with our parts: every one of them is given, since for one that is left out it reads
 * the environment by defaults that are not ours, such as http/protobuf. A signal whose exporter is `none` gets no
 * provider.
 */
export declare function startSdk(
  variables: TelemetryVariables,
  also: {
    logEvents: boolean
  },
  report: Report,
): StartedSdk
