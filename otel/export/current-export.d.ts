/** Told of an export what its exporter keeps to itself. */
export interface CurrentExport {
  /** Whether its latest attempt was answered, over HTTP. */
  readonly wasAnswered: boolean
  /** The collector did not take `count` items of it. */
  rejected(count: number, reason: string): void
  /** An attempt got no answer; the exporter may make another. */
  unanswered(reason: string): void
  /** An attempt was answered; `refusal` says what came where that was no collector's word that it took the batch. */
  answered(refusal: string | undefined): void
}
/** Runs `exportBatch`, and all that it leads to, as the current export. */
export declare function runExport(told: CurrentExport, exportBatch: () => void): void
/** The export that is under way here; undefined outside of any. */
export declare function currentExport(): CurrentExport | undefined
