import { context, metrics, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'

/** The real SDK, registered globally, whose spans and metrics stay in memory. `stop` unregisters it. */
export function registerOpenTelemetry() {
  const exporter = new InMemorySpanExporter()
  const traces = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] })
  trace.setGlobalTracerProvider(traces)
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
  const measured = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter: measured, exportIntervalMillis: 3_600_000 })
  const meters = new MeterProvider({ readers: [reader] })
  metrics.setGlobalMeterProvider(meters)
  return {
    spans: () => exporter.getFinishedSpans(),
    /** Collects, and gives every point of every metric as `name{values of attributes}` with its value. */
    async collect(): Promise<Readonly<Record<string, unknown>>> {
      measured.reset()
      await meters.forceFlush()
      const collected = measured.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)
      const points = collected.flatMap((scope) =>
        scope.metrics.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => [
            `${descriptor.name}{${Object.values(attributes).join(',')}}`,
            value as unknown,
          ]),
        ),
      )
      return Object.fromEntries(points) as Record<string, unknown>
    },
    async stop(): Promise<void> {
      trace.disable()
      metrics.disable()
      context.disable()
      await traces.shutdown()
      await meters.shutdown()
    },
  }
}
