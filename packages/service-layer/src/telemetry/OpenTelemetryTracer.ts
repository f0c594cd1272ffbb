import type { Observation } from '@gradvis/base-service'
import type { Implementation } from '@gradvis/kernel'
import type { CallSpan, CallTracer, TracedCall } from '@gradvis/service-container'
import { context, diag, ProxyTracerProvider, type Span, SpanStatusCode, trace, type Tracer } from '@opentelemetry/api'

import { callAttributes, outcomeAttributes } from './callAttributes.ts'

/** What is registered as long as nobody has registered anything. */
const NOBODY = new ProxyTracerProvider().getDelegate()

/**
 * Spans through the globally registered OpenTelemetry SDK, also one that is registered later. Without one, a call costs
 * the question whether there is one. A failing SDK costs a call its span and nothing else; OpenTelemetry's own
 * diagnostic logger is told.
 */
export class OpenTelemetryTracer implements CallTracer {
  #provider: unknown = NOBODY
  #tracer: Tracer | undefined

  start(service: string, implementation: Implementation, call: TracedCall, startedMs?: number): CallSpan | undefined {
    try {
      const tracer = this.#current()
      if (tracer === undefined) return undefined
      const attributes = callAttributes(service, implementation, call)
      const span = tracer.startSpan(`${service}.${call.name}`, {
        attributes,
        ...(startedMs !== undefined && { startTime: startedMs }),
      })
      return new OperationSpan(span)
    } catch (error) {
      diag.error('gradvis: a span could not be started', error)
      return undefined
    }
  }

  /** Asked for anew only when another provider is registered: an SDK looks its tracers up by name. */
  #current(): Tracer | undefined {
    const registered = trace.getTracerProvider()
    const provider = 'getDelegate' in registered ? (registered as ProxyTracerProvider).getDelegate() : registered
    if (provider !== this.#provider) {
      this.#tracer = provider === NOBODY ? undefined : provider.getTracer('@gradvis/service-layer')
      this.#provider = provider
    }
    return this.#tracer
  }
}

class OperationSpan implements CallSpan {
  readonly #span: Span

  constructor(span: Span) {
    this.#span = span
  }

  /** The work is done once, whatever becomes of its context. */
  run<T>(work: () => T): T {
    let hasBegun = false
    const answers: T[] = []
    const begin = () => {
      hasBegun = true
      const answer = work()
      answers.push(answer)
      return answer
    }
    try {
      return context.with(trace.setSpan(context.active(), this.#span), begin)
    } catch (error) {
      // What the work itself has thrown.
      if (hasBegun && answers.length === 0) throw error
      diag.error('gradvis: a span could not be made the active one', error)
      return hasBegun ? (answers[0] as T) : work()
    }
  }

  end(observation: Observation, endedMs?: number): void {
    try {
      this.#span.setAttributes(outcomeAttributes(observation))
      // Without a description: a message may be about somebody. What a caller did wrong is no error of the operation.
      if (observation.outcome === 'fault') this.#span.setStatus({ code: SpanStatusCode.ERROR })
      this.#span.end(endedMs)
    } catch (error) {
      diag.error('gradvis: a span could not be ended', error)
    }
  }
}
