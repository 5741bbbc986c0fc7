import {
  InstrumentationBase,
  InstrumentationNodeModuleDefinition,
} from '@opentelemetry/instrumentation'
import { keepGrpcContexts } from '../../src/throughline/outbound/grpc-contexts.ts'

/** Has calls over gRPC keep their contexts, also where @grpc/grpc-js loads after the app has been made. */
export class GrpcCalls extends InstrumentationBase {
  constructor() {
    super('throughline.grpc-calls', '1', {})
  }

  override init(): InstrumentationNodeModuleDefinition[] {
    const patch = (grpc: unknown) => {
      keepGrpcContexts()
      return grpc
    }
    return [new InstrumentationNodeModuleDefinition('@grpc/grpc-js', ['>=1.8.0 <2'], patch)]
  }
}
