import { isSpanContextValid, trace } from '@opentelemetry/api'

type TraceFields = Readonly<{ trace_id?: string; span_id?: string; trace_flags?: string }>

/**
 * The active span, under the names that OpenTelemetry has for logs in other formats than its own; empty where there is
 * none. A new object each time, because pino adds a line's own fields to it. Source: "Trace Context in non-OTLP Log Formats", OpenTelemetry specification.
 */
export function traceFields(): TraceFields {
  const active = trace.getActiveSpan()?.spanContext()
  if (active === undefined || !isSpanContextValid(active)) return {}
  const { traceId, spanId, traceFlags } = active
  return { trace_id: traceId, span_id: spanId, trace_flags: traceFlags.toString(16).padStart(2, '0') }
}
