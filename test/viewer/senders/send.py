import sys
from importlib import import_module
from time import time_ns

from opentelemetry import trace
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

exporters = f"opentelemetry.exporter.otlp.proto.{sys.argv[1]}"

tracers = TracerProvider()
tracers.add_span_processor(BatchSpanProcessor(import_module(f"{exporters}.trace_exporter").OTLPSpanExporter()))
loggers = LoggerProvider()
loggers.add_log_record_processor(BatchLogRecordProcessor(import_module(f"{exporters}._log_exporter").OTLPLogExporter()))
meters = MeterProvider([PeriodicExportingMetricReader(import_module(f"{exporters}.metric_exporter").OTLPMetricExporter())])

meters.get_meter("shop").create_counter("orders").add(1)
with tracers.get_tracer("shop").start_as_current_span("order", attributes={"items": 3}) as span:
    loggers.get_logger("shop").emit(LogRecord(timestamp=time_ns(), body="ordered", severity_number=SeverityNumber.INFO))
    print(format(span.get_span_context().trace_id, "032x"))

for provider in (meters, loggers, tracers):
    if not provider.force_flush():
        sys.exit(f"{provider} could not send")
    provider.shutdown()
